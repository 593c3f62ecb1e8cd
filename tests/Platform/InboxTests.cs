using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class InboxTests(Engine engine)
{
    [Test]
    public async Task A_message_that_comes_five_times_is_handled_once()
    {
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(engine));
        var note = Note.Of("answer");

        await book.WriteAsync(note, note); // together
        for (var time = 0; time < 3; time++)
            await book.WriteAsync(note); // and one after the other
        await book.WaitForWhatIsUnderWayAsync();

        Assert.That((await book.NotesAsync()).Count(id => id == note.WebhookId), Is.EqualTo(1));
        Assert.That(book.Listener.TimesSeen(note.WebhookId), Is.EqualTo(1));
        Assert.That(await book.CountAsync("outbox where wire_name = 'recado.message-cancelled'"), Is.EqualTo(1));
        Assert.That(await book.CountAsync("inbox where message_id = @id", ("id", note.WebhookId)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_handler_that_fails_leaves_no_state_no_inbox_row_and_no_message()
    {
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(engine));
        var poison = Note.Of("poison");

        await book.WriteAsync(poison);
        await Until.TrueAsync(() => book.Listener.TimesSeen(poison.WebhookId) >= 3, TimeSpan.FromSeconds(90), "it was tried three times");
        await book.WaitForWhatIsUnderWayAsync();

        Assert.That(await book.NotesAsync(), Has.None.EqualTo(poison.WebhookId));
        Assert.That(await book.CountAsync("inbox where message_id = @id", ("id", poison.WebhookId)), Is.Zero);
        Assert.That(await book.CountAsync("outbox where wire_name = 'recado.message-cancelled'"), Is.Zero);
    }

    [Test]
    public async Task The_poison_of_a_batch_fails_alone_and_becomes_a_dead_letter()
    {
        await using var raw = await RawQueue.CreateAsync();
        await raw.BindAsync("recado.message-cancelled");
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(engine), raw.Broker);
        var notes = Enumerable.Range(0, 200).Select(i => Note.Of(i is 60 or 120 or 180 ? "poison" : "answer")).ToArray();
        var good = notes.Where(note => note.Reason == "answer").Select(note => note.WebhookId).ToList();
        var bad = notes.Where(note => note.Reason == "poison").Select(note => note.WebhookId).ToList();

        await book.WriteAsync(notes);
        await Until.TrueAsync(async () => await book.CountAsync("dead_letters") == 3, TimeSpan.FromSeconds(90), "the three are dead letters");
        await book.WaitForNotesAsync(good.Count);
        await book.WaitUntilAllIsSentAsync();

        Assert.That(await book.NotesAsync(), Is.EquivalentTo(good));
        Assert.That(await raw.DrainAsync("recado.message-cancelled"), Is.EquivalentTo(good));
        Assert.That(book.Listener.Batches.Any(batch => batch.Count > 1 && batch.Any(bad.Contains)), Is.True, "poison came in company");
    }
}
