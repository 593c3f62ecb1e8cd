using Npgsql;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>A 2xx is sent only after the commit; trouble of ours is 503, never a false answer.</summary>
public sealed class OutageTests
{
    private const string Body = """{"payment":{"id":"p","status":"paid"}}""";
    private static readonly Answer Unavailable = new(503, """{"error":"unavailable"}""", null, false, "1");

    [Test]
    public async Task Without_the_database_the_sender_is_asked_to_come_again()
    {
        await using var server = await Servers.NewPostgresAsync();
        await server.StartAsync();
        await using var ingest = await RunningIngest.StartAsync(server.ConnectionString("postgres"));

        await server.StopAsync();
        Assert.That(await ingest.WiapyAsync(Body), Is.EqualTo(Unavailable));
        Assert.That((await ingest.WiapyAsync(Body, "wrong")).Status, Is.EqualTo(401), "credentials are known without it");

        await server.StartAsync();
        Answer? answer = null;
        await Until.TrueAsync(async () => (answer = await ingest.WiapyAsync(Body)).Status == 200, TimeSpan.FromSeconds(90), "webhooks are taken again");
        Assert.That(await ingest.StoredAsync(answer!.WebhookId), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_commit_that_lasts_too_long_is_not_taken_for_done_and_a_resend_is_the_same_fact()
    {
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var ingest = await RunningIngest.StartAsync(database, ("Ingest:CommitTimeout", "00:00:01"));
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var command = new NpgsqlCommand("lock table ingest.idempotency_keys", connection, transaction))
                await command.ExecuteNonQueryAsync();
            Assert.That(await ingest.WiapyAsync(Body), Is.EqualTo(Unavailable));
        }

        Answer? answer = null;
        await Until.TrueAsync(async () => (answer = await ingest.WiapyAsync(Body)).Status == 200, TimeSpan.FromSeconds(90), "webhooks are taken again");
        Assert.That((await ingest.StoredAsync()).Select(stored => stored.Id.ToString()), Is.EqualTo(new[] { answer!.WebhookId }));
    }

    [Test]
    public async Task More_than_can_wait_is_refused_at_once()
    {
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var ingest = await RunningIngest.StartAsync(database, ("Ingest:MaxWaiting", "1"), ("Ingest:CommitTimeout", "00:00:03"));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table ingest.idempotency_keys", connection, transaction))
            await command.ExecuteNonQueryAsync();

        var requests = Enumerable.Range(0, 40).Select(i => ingest.WiapyAsync($$"""{"n":{{i}}}""")).ToList();
        var refused = await await Task.WhenAny(requests);
        await transaction.RollbackAsync();
        var answers = await Task.WhenAll(requests);

        Assert.That(refused, Is.EqualTo(Unavailable));
        Assert.That(answers.Where(answer => answer.Status != 200), Has.All.EqualTo(Unavailable));
        Assert.That(await ingest.StoredAsync(), Has.Count.GreaterThanOrEqualTo(answers.Count(answer => answer.Status == 200)).And.Count.LessThan(40));
    }

    [Test]
    public async Task Two_replicas_that_get_the_same_webhooks_store_each_once()
    {
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var one = await RunningIngest.StartAsync(database);
        await using var other = await RunningIngest.StartAsync(database);
        string[] bodies = [.. Enumerable.Range(0, 100).Select(i => $$$"""{"payment":{"id":"{{{i}}}","status":"paid"}}""")];
        var random = new Random(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(round => bodies.OrderBy(_ => random.Next())
            .Select(body => (round % 2 == 0 ? one : other).WiapyAsync(body)).ToList()));

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
        Assert.That(answers.Count(answer => !answer.Replay), Is.EqualTo(bodies.Length));
        Assert.That((await one.StoredAsync()).Select(stored => stored.Id.ToString()), Is.EquivalentTo(answers.Select(answer => answer.WebhookId).Distinct()));
    }
}
