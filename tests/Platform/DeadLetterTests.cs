using System.Text;
using Recado.Platform.DeadLetters;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>What cannot be handled goes aside, with its reason, and comes back when an operator asks.</summary>
public sealed class DeadLetterTests
{
    private const string Notes = "recado.webhook-quarantined";
    private const string Queue = "notes.webhook-quarantined";

    [TestCase("not json at all")]
    [TestCase("{\"webhookId\":\"not an id\"}")]
    [TestCase("[1,2,3]")]
    [TestCase("null")]
    [TestCase("")]
    [TestCase("{\"$type\":\"System.IO.FileInfo, System.IO.FileSystem\",\"fileName\":\"/etc/passwd\"}")]
    public async Task Bytes_that_are_no_message_go_aside_and_the_others_go_on(string bytes)
    {
        await using var raw = await RawQueue.CreateAsync();
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Postgres), raw.Broker);
        await book.WaitForWhatIsUnderWayAsync();

        await raw.PublishAsync(Notes, Encoding.UTF8.GetBytes(bytes));
        await book.WaitForWhatIsUnderWayAsync();
        var letter = await OneLetterAsync(book);

        Assert.That((letter.Queue, letter.Reason, letter.Times), Is.EqualTo((Queue, "unreadable", 1)));
        Assert.That(await raw.CountAsync(Queue + "_error"), Is.Zero);
    }

    [Test]
    public async Task The_same_bytes_are_kept_once_and_counted()
    {
        await using var raw = await RawQueue.CreateAsync();
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Postgres), raw.Broker);
        await book.WaitForWhatIsUnderWayAsync();

        for (var time = 0; time < 5; time++)
            await raw.PublishAsync(Notes, "broken"u8.ToArray());
        await Until.TrueAsync(async () => (await OneLetterAsync(book)).Times == 5, TimeSpan.FromSeconds(90), "all five are counted");

        Assert.That(await book.CountAsync("dead_letters"), Is.EqualTo(1));
    }

    [TestCase(Engine.Postgres)]
    [TestCase(Engine.Sqlite)]
    public async Task Once_its_cause_is_mended_a_dead_letter_is_handled_and_nothing_else_again(Engine engine)
    {
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(engine));
        var good = Note.Of();
        var bad = Note.Of();
        book.Listener.During = ids => ids.Contains(bad.WebhookId) ? throw new InvalidOperationException("A defect.") : Task.CompletedTask;
        await book.WriteAsync(good, bad);
        var letter = await OneLetterAsync(book);
        Assert.That((letter.Reason, letter.Error, letter.MessageId), Is.EqualTo(("failed", nameof(InvalidOperationException), bad.WebhookId)));

        book.Listener.During = _ => Task.CompletedTask;
        Assert.That(await book.Database.RequeueAsync(letter.Id, DateTimeOffset.UtcNow, default), Is.EqualTo(1));
        await Until.TrueAsync(async () => (await book.NotesAsync()).Contains(bad.WebhookId), TimeSpan.FromSeconds(90), "it is handled");
        Assert.That(await book.Database.RequeueAsync(null, DateTimeOffset.UtcNow, default), Is.Zero, "it was requeued before");
        var last = await book.WaitForWhatIsUnderWayAsync();

        Assert.That(await book.NotesAsync(), Is.EquivalentTo(new[] { good.WebhookId, bad.WebhookId, last }));
    }

    [TestCase(Engine.Postgres)]
    [TestCase(Engine.Sqlite)]
    public async Task Work_that_was_cancelled_while_the_process_goes_on_is_tried_three_times_and_goes_aside(Engine engine)
    {
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(engine));
        var bad = Note.Of();
        book.Listener.During = ids => ids.Contains(bad.WebhookId) ? throw new TaskCanceledException("Somebody else's patience has ended.") : Task.CompletedTask;

        await book.WriteAsync(bad);
        var letter = await OneLetterAsync(book);

        Assert.That((letter.Reason, letter.MessageId, book.Listener.TimesSeen(bad.WebhookId)), Is.EqualTo(("failed", bad.WebhookId, 3)));
    }

    [Test]
    public async Task Whoever_waits_for_the_outcome_is_told_in_the_same_transaction()
    {
        await using var raw = await RawQueue.CreateAsync();
        await raw.BindAsync("recado.message-cancelled");
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Postgres), raw.Broker);
        var bad = Note.Of("poison");
        var news = Note.Answer(Guid.NewGuid());
        book.Listener.WhenDead = message => message.WebhookId == bad.WebhookId ? news : null;

        await book.WriteAsync(bad);
        await OneLetterAsync(book);
        await book.WaitUntilAllIsSentAsync();

        Assert.That(await raw.DrainAsync("recado.message-cancelled"), Is.EqualTo(new[] { news.MessageId }));
    }

    [Test]
    public async Task A_message_that_kills_every_process_that_takes_it_goes_aside()
    {
        await using var raw = await RawQueue.CreateAsync();
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using (var first = await Notebook.OpenAsync(database, raw.Broker))
            await first.WaitForWhatIsUnderWayAsync(); // the queues are there
        var killer = Note.Of();
        await raw.PublishAsync(Notes, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(killer, Recado.Contracts.ContractsJson.Default.WebhookQuarantined), killer.WebhookId);

        for (var death = 0; death < 11; death++) // delivered once, and ten times again
            await raw.TakeAndDieAsync(Queue);
        await using var book = await Notebook.OpenAsync(database, raw.Broker);
        var letter = await OneLetterAsync(book);
        await book.WaitForWhatIsUnderWayAsync();

        Assert.That((letter.Reason, letter.MessageId, letter.Queue), Is.EqualTo(("killed_the_process", killer.WebhookId, Queue)));
        Assert.That(book.Listener.TimesSeen(killer.WebhookId), Is.Zero);
    }

    private static async Task<DeadLetterDesk.Line> OneLetterAsync(Notebook book)
    {
        List<DeadLetterDesk.Line> letters = [];
        await Until.TrueAsync(async () => (letters = await book.Database.DeadLettersAsync(default)).Count > 0, TimeSpan.FromSeconds(90), "there is a dead letter");
        return letters.Single();
    }
}
