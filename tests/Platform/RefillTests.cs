using Recado.Contracts;
using Recado.Platform.Refill;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>A broker that has lost everything gets again what may be unfinished, and no more.</summary>
public sealed class RefillTests
{
    private const string Notes = "recado.webhook-quarantined";
    private const string Answers = "recado.message-cancelled";

    [Test]
    public async Task A_wiped_broker_is_filled_again_while_the_service_runs()
    {
        await using var server = await Servers.NewRabbitMqAsync();
        await server.StartAsync();
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Postgres), server.AmqpUri(), listens: false);
        var notes = Enumerable.Range(0, 500).Select(_ => Note.Of()).ToArray();
        await using (var raw = await RawQueue.OfAsync(server))
        {
            await raw.BindAsync(Notes);
            await book.WriteAsync(notes);
            await book.WaitUntilAllIsSentAsync();
        }

        await server.KillAsync();
        await server.WipeAsync();
        await server.StartAsync();

        await using var again = await RawQueue.OfAsync(server);
        await again.BindAsync(Notes);
        var ids = new HashSet<Guid>();
        await Until.TrueAsync(async () =>
        {
            ids.UnionWith(await again.DrainAsync(Notes));
            return ids.Count >= notes.Length;
        }, TimeSpan.FromSeconds(90), "everything has come again");
        Assert.That(ids, Is.EquivalentTo(notes.Select(note => note.WebhookId)));
    }

    [Test]
    public async Task A_broker_that_was_only_restarted_gets_nothing_twice()
    {
        await using var server = await Servers.NewRabbitMqAsync();
        await server.StartAsync();
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Postgres), server.AmqpUri(), listens: false);
        var note = Note.Of();
        await using (var raw = await RawQueue.OfAsync(server))
        {
            await raw.BindAsync(Notes);
            await book.WriteAsync(note);
            await book.WaitUntilAllIsSentAsync();
        }

        await server.StopAsync();
        await server.StartAsync();
        var last = Note.Of();
        await book.WriteAsync(last);
        await book.WaitUntilAllIsSentAsync();

        await using var again = await RawQueue.OfAsync(server);
        Assert.That(await again.DrainAsync(Notes), Is.EqualTo(new[] { note.WebhookId, last.WebhookId }));
    }

    [Test]
    public async Task A_kind_of_message_that_is_first_sent_while_the_broker_blocks_is_published_when_it_no_longer_does()
    {
        await using var server = await Servers.NewRabbitMqAsync();
        await server.StartAsync();
        await using var raw = await RawQueue.OfAsync(server);
        await raw.BindAsync(Notes);
        await raw.BindAsync(Answers);
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Postgres), server.AmqpUri(), listens: false);
        await book.WriteAsync(Note.Of());
        await book.WaitUntilAllIsSentAsync();

        await server.BlockPublishersAsync(true);
        var answer = Guid.NewGuid();
        await book.WriteAsync(Note.Of(), Note.Answer(answer)); // its exchange is not declared yet, and the library gives up on that after 20 s
        await Until.TrueAsync(async () => await book.CountAsync($"outbox where wire_name = '{Answers}' and due_at > created_at + interval '25 s'") == 1,
            TimeSpan.FromSeconds(90), "it was put off again");
        await server.BlockPublishersAsync(false);

        await book.WaitUntilAllIsSentAsync();
        Assert.That(await raw.DrainAsync(Answers), Does.Contain(answer));
    }

    [TestCase(Engine.Postgres)]
    [TestCase(Engine.Sqlite)]
    public async Task Of_each_kind_only_what_is_later_than_its_slowest_queue_is_published_again(Engine engine)
    {
        var time = new ManualTimeProvider();
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(engine), time: time, start: false);
        var start = time.GetUtcNow();
        for (var hour = 0; hour < 5; hour++)
        {
            await book.WriteAsync(Note.Of(), Note.Answer(Guid.NewGuid()));
            time.Advance(TimeSpan.FromHours(1));
        }
        await book.Database.InTransactionAsync(transaction => transaction.ExecuteAsync("update outbox set sent_at = created_at", default), default);

        await book.Database.RememberAsync(Told("one", Notes, start.AddHours(4)), default);
        await book.Database.RememberAsync(Told("one", Notes, start.AddHours(1)), default); // overtaken on its way: changes nothing
        await book.Database.RememberAsync(Told("two", Notes, start.AddHours(2)), default);
        var again = await book.Database.RefillAsync(time.GetUtcNow(), default);

        Assert.That(again, Is.EqualTo(3 + 5), "notes of the hours 2, 3 and 4, and every answer: nobody has told about those");
        Assert.That(await book.CountAsync($"outbox where sent_at is null and wire_name = '{Notes}'"), Is.EqualTo(3));
        Assert.That(await book.CountAsync($"outbox where sent_at is null and wire_name = '{Answers}'"), Is.EqualTo(5));
    }

    [TestCase(Engine.Postgres)]
    [TestCase(Engine.Sqlite)]
    public async Task Publishers_hear_how_far_the_queues_are(Engine engine)
    {
        var time = new ManualTimeProvider();
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(engine), time: time);
        await book.WriteAsync(Note.Of());
        await book.WaitForNotesAsync(1);
        var handled = time.GetUtcNow();

        await Until.TrueAsync(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(31));
            return await book.CountAsync("handled where queue = 'notes.webhook-quarantined'") == 1;
        }, TimeSpan.FromSeconds(90), "the publisher knows");

        var through = (await book.Database.QueryAsync("select through from handled", row => Recado.Platform.Data.Rows.GetTime(row, 0), default)).Single();
        Assert.That(through, Is.EqualTo(handled).Within(TimeSpan.FromSeconds(1)));
    }

    private static MessagesHandled Told(string queue, string wireName, DateTimeOffset through) => new() { Queue = queue, WireName = wireName, Through = through };
}
