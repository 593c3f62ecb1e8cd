using System.Collections.Concurrent;
using System.Text.Json;
using Recado.Contracts;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

public sealed class OutageTests
{
    [Test]
    public async Task While_the_database_is_away_messages_wait_and_none_is_taken_for_poison()
    {
        await using var raw = await RawQueue.CreateAsync();
        await using var server = await Servers.NewPostgresAsync();
        await server.StartAsync();
        await using var book = await Notebook.OpenAsync(server.ConnectionString("postgres"), raw.Broker);
        var underWay = new SemaphoreSlim(0);
        var goOn = new TaskCompletionSource();
        book.Listener.During = _ => { underWay.Release(); return goOn.Task; };
        var notes = Enumerable.Range(0, 100).Select(_ => Note.Of()).ToArray();

        await book.WriteAsync(notes);
        await book.WaitUntilAllIsSentAsync();
        Assert.That(await underWay.WaitAsync(TimeSpan.FromSeconds(90)), Is.True, "a batch is under way");
        await server.StopAsync();
        goOn.SetResult();
        await AssertNothingIsGivenUpAsync(raw);
        await server.StartAsync();
        await book.WaitForNotesAsync(notes.Length);

        Assert.That(await book.NotesAsync(), Is.EquivalentTo(notes.Select(note => note.WebhookId)));
        Assert.That(await book.CountAsync("dead_letters"), Is.Zero);
    }

    [Test]
    public async Task A_database_that_dies_again_and_again_costs_time_and_no_message()
    {
        await using var raw = await RawQueue.CreateAsync();
        await using var server = await Servers.NewPostgresAsync();
        await server.StartAsync();
        await using var book = await Notebook.OpenAsync(server.ConnectionString("postgres"), raw.Broker);
        var written = new ConcurrentQueue<Guid>();

        for (var round = 0; round < 3; round++)
        {
            var notes = Enumerable.Range(0, 200).Select(_ => Note.Of()).ToArray();
            await book.WriteAsync(notes);
            foreach (var note in notes)
                written.Enqueue(note.WebhookId);
            await server.KillAsync();
            await server.StartAsync();
        }
        await Until.TrueAsync(async () => (await book.NotesAsync()).Count >= written.Count, TimeSpan.FromSeconds(60), "all notes are taken");

        Assert.That(await book.NotesAsync(), Is.EquivalentTo(written));
        Assert.That(await book.CountAsync("dead_letters"), Is.Zero);
    }

    [Test]
    public async Task A_process_that_is_stopped_in_an_outage_ends_in_time_and_leaves_its_messages_on_the_queue()
    {
        await using var raw = await RawQueue.CreateAsync();
        await using var server = await Servers.NewPostgresAsync();
        await server.StartAsync();
        var rabbit = await Servers.RabbitMqAsync();
        await using var proxy = new FaultProxy(rabbit.Port);
        var notes = Enumerable.Range(0, 100).Select(_ => Note.Of()).ToArray();
        await using (var book = await Notebook.OpenAsync(server.ConnectionString("postgres"), raw.Broker.Replace($":{rabbit.Port}/", $":{proxy.Port}/", StringComparison.Ordinal)))
        {
            var underWay = new SemaphoreSlim(0);
            var goOn = new TaskCompletionSource();
            book.Listener.During = _ => { underWay.Release(); return goOn.Task; };
            await book.WriteAsync(notes);
            await book.WaitUntilAllIsSentAsync();
            Assert.That(await underWay.WaitAsync(TimeSpan.FromSeconds(90)), Is.True, "a batch is under way");
            await server.KillAsync();
            goOn.SetResult();
        } // the host gives itself 25 s; its orchestrator kills after 30
        proxy.Cut(); // MassTransit 8.5.12 leaves its connection open when the time for its stop is over; with a process it would be gone

        await Until.TrueAsync(async () => await raw.CountAsync("notes.webhook-quarantined") == notes.Length, TimeSpan.FromSeconds(90), "the broker has them all again");
        Assert.That(await raw.CountAsync("notes.webhook-quarantined.dead"), Is.Zero);
        await server.StartAsync();
        await using var next = await Notebook.OpenAsync(server.ConnectionString("postgres"), raw.Broker);
        await next.WaitForNotesAsync(notes.Length);
        Assert.That(await next.CountAsync("dead_letters"), Is.Zero);
    }

    [Test]
    public async Task What_a_process_holds_in_an_outage_is_the_brokers_again_once_it_has_ended()
    {
        await using var postgres = await Servers.NewPostgresAsync();
        await using var rabbit = await Servers.NewRabbitMqAsync();
        await Task.WhenAll(postgres.StartAsync(), rabbit.StartAsync());
        await using var raw = await RawQueue.OfAsync(rabbit);
        await using var all = await FiveProcesses.PrepareAsync(new() { Postgres = postgres, RabbitMq = rabbit });
        var normalizer = all["Normalizer"];
        await normalizer.StartAsync();

        await postgres.KillAsync();
        foreach (var webhook in Enumerable.Range(0, 50).Select(_ => WebhookOf()))
            await raw.PublishAsync("recado.webhook-received", JsonSerializer.SerializeToUtf8Bytes(webhook, ContractsJson.Default.WebhookReceived), webhook.WebhookId);
        await Until.TrueAsync(() => normalizer.Output.Contains("normalizer.webhook-received waits", StringComparison.Ordinal), TimeSpan.FromSeconds(90), "it holds messages and waits for the database");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await normalizer.StopAsync();
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), "it ends before its orchestrator kills it");

        await Until.TrueAsync(async () => await raw.CountAsync("normalizer.webhook-received") == 50, TimeSpan.FromSeconds(90), "the broker has them all again");
        await postgres.StartAsync();
        await normalizer.StartAsync();
        await using var database = Npgsql.NpgsqlDataSource.Create(all.Database);
        await using var handled = database.CreateCommand("select (select count(*) from normalizer.inbox) = 50 and not exists (select from normalizer.dead_letters)");
        await Until.TrueAsync(async () => await handled.ExecuteScalarAsync() is true, TimeSpan.FromSeconds(90), "the next one has handled them all");
    }

    [Test]
    public async Task A_process_that_takes_its_time_to_stop_goes_on_handling_what_still_comes()
    {
        await using var raw = await RawQueue.CreateAsync();
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Postgres), raw.Broker, start: false);
        using var drained = new ManualResetEventSlim();
        book.Life.ApplicationStopping.Register(drained.Wait); // as a web server that still answers a slow request: the bus is not told to stop yet
        await book.StartAsync();
        await book.WriteAsync(Note.Of());
        await book.WaitForNotesAsync(1);

        var stopping = Task.Run(book.Life.StopApplication);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var notes = 1;
        for (; clock.Elapsed < TimeSpan.FromSeconds(8); notes++) // batches in an outage are given up 5 s after the bus is told to stop
        {
            await book.WriteAsync(Note.Of());
            await book.WaitForNotesAsync(notes + 1);
        }
        drained.Set();
        await stopping;

        Assert.That(await book.NotesAsync(), Has.Count.EqualTo(notes));
        Assert.That(await book.CountAsync("dead_letters"), Is.Zero);
    }

    [Test]
    public async Task While_the_broker_is_away_only_so_much_is_kept_in_memory()
    {
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Sqlite), $"amqp://guest:guest@127.0.0.1:{Ports.Free()}/", listens: false);
        await book.WriteAsync(Note.Of());
        var before = GC.GetTotalMemory(forceFullCollection: true);

        foreach (var _ in Enumerable.Range(0, 30)) // 75 MB in all
            await book.WriteAsync([.. Enumerable.Range(0, 10).Select(_ => Note.Of(new string('x', 250_000)))]);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.That(await book.UnsentAsync(), Is.EqualTo(301), "all of it is in the outbox");
        Assert.That(kept >> 20, Is.LessThan(50), "MB: 16 in memory, what the tables' own buffers take, and what else runs beside this");
    }

    private static WebhookReceived WebhookOf() =>
        new() { WebhookId = Guid.NewGuid(), StoreId = "demo", Source = Sources.Wiapy, ReceivedAt = DateTimeOffset.UtcNow, Body = "{}"u8.ToArray() };

    /// <summary>Longer than the two immediate retries that poison gets, several times over.</summary>
    private static async Task AssertNothingIsGivenUpAsync(RawQueue raw)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Until.TrueAsync(async () =>
        {
            Assert.That(await raw.CountAsync("notes.webhook-quarantined.dead"), Is.Zero);
            return clock.Elapsed > TimeSpan.FromSeconds(2);
        }, TimeSpan.FromSeconds(90), "two seconds have passed");
    }
}
