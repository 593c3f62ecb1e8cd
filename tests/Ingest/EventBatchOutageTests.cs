using System.Text.Json.Nodes;
using Npgsql;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>A batch while the database has trouble: 503, and the same batch again makes it whole.</summary>
public sealed class EventBatchOutageTests
{
    private static readonly string Batch = EventBatchTests.Batch([.. Enumerable.Range(0, 500).Select(i => EventBatchTests.Event($"b-{i}"))]);

    [Test]
    public async Task Without_the_database_the_batch_is_not_accepted_and_afterwards_it_is()
    {
        await using var server = await Servers.NewPostgresAsync();
        await server.StartAsync();
        await using var ingest = await RunningIngest.StartAsync(server.ConnectionString("postgres"));

        await server.StopAsync();
        AssertUnavailable(await ingest.BatchAsync(Batch));

        await server.StartAsync();
        Answer? answer = null;
        await Until.TrueAsync(async () => (answer = await ingest.BatchAsync(Batch)).Status == 200, TimeSpan.FromSeconds(90), "batches are taken again");
        Assert.That((int?)JsonNode.Parse(answer!.Body)!["accepted"], Is.EqualTo(500));
        Assert.That(await ingest.StoredAsync(), Has.Count.EqualTo(500));
    }

    [Test]
    public async Task When_too_much_waits_a_batch_is_refused_and_repeated_it_stores_each_event_once()
    {
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var ingest = await RunningIngest.StartAsync(database, ("Ingest:MaxWaiting", "40"), ("Ingest:CommitTimeout", "00:00:05"));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table ingest.idempotency_keys", connection, transaction))
            await command.ExecuteNonQueryAsync();

        var requests = Enumerable.Range(0, 8).Select(_ => ingest.BatchAsync(Batch)).ToList();
        var refused = await await Task.WhenAny(requests);
        await transaction.RollbackAsync();
        await Task.WhenAll(requests);
        AssertUnavailable(refused);

        Answer? answer = null;
        await Until.TrueAsync(async () => (answer = await ingest.BatchAsync(Batch)).Status == 200, TimeSpan.FromSeconds(90), "a batch larger than the queue is taken");
        Assert.That((int?)JsonNode.Parse(answer!.Body)!["accepted"], Is.EqualTo(500));
        Assert.That(await ingest.StoredAsync(), Has.Count.EqualTo(500));
    }

    private static void AssertUnavailable(Answer answer) =>
        Assert.That((answer.Status, answer.RetryAfter, (string?)JsonNode.Parse(answer.Body)!["code"]), Is.EqualTo((503, "1", "unavailable")));
}
