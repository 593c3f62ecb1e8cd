using Npgsql;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>A store that floods Ingest waits behind itself.</summary>
public sealed class FairnessTests
{
    [Test]
    public async Task While_one_store_has_filled_its_share_of_the_waiting_room_another_is_let_in()
    {
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var ingest = await RunningIngest.StartAsync(database + ";Command Timeout=120;Options=-c lock_timeout=120s", ("Ingest:MaxWaiting", "40"), ("Ingest:CommitTimeout", "00:02:00"), ("Ingest:RateLimit:PerSecond", "0"));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table ingest.idempotency_keys", connection, transaction))
            await command.ExecuteNonQueryAsync();

        // Nothing is stored any more: two workers hold a batch each, then the room fills.
        var noisy = Enumerable.Range(0, 200).Select(i => ingest.WiapyAsync($$"""{"n":{{i}}}""", "alpha-wiapy")).ToList();
        await Until.TrueAsync(() => noisy.Count(request => request.IsCompleted) >= 100, TimeSpan.FromSeconds(60), "the noisy store is refused");
        var quiet = Enumerable.Range(0, 10).Select(i => ingest.WiapyAsync($$"""{"q":{{i}}}""", "beta-wiapy")).ToList();
        noisy.AddRange(Enumerable.Range(200, 200).Select(i => ingest.WiapyAsync($$"""{"n":{{i}}}""", "alpha-wiapy")));
        await Until.TrueAsync(() => noisy.Count(request => request.IsCompleted) >= 280, TimeSpan.FromSeconds(60), "those who came after the quiet store are answered");
        var early = quiet.Count(request => request.IsCompleted);
        await transaction.RollbackAsync();

        Assert.That(early, Is.Zero, "none was refused: all wait for their commit");
        Assert.That((await Task.WhenAll(quiet)).Select(answer => answer.Status), Has.All.EqualTo(200));
        var answers = await Task.WhenAll(noisy);
        Assert.That(answers.Where(answer => answer.Status != 200), Has.All.EqualTo(new Answer(503, """{"error":"unavailable"}""", null, false, "1")));
        var accepted = answers.Where(answer => answer.Status == 200).Concat(await Task.WhenAll(quiet)).Select(answer => answer.WebhookId).ToList();
        Assert.That((await ingest.StoredAsync()).Select(stored => stored.Id.ToString()), Is.SupersetOf(accepted));
    }
}
