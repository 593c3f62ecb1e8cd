using Recado.Platform.Erasing;
using Recado.Platform.Outbox;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class OutboxTests(Engine engine)
{
    [Test]
    public async Task A_transaction_that_is_rolled_back_leaves_no_message()
    {
        await using var book = await OpenAsync();
        var lost = Note.Of();
        var kept = Note.Of();

        Assert.That(() => book.Database.InTransactionAsync(async transaction =>
        {
            transaction.Publish(lost, default);
            await transaction.ExecuteAsync("insert into notes (message_id, text) values (@id, 'state')", default, ("id", lost.WebhookId));
            throw new InvalidOperationException("Changed my mind.");
        }, default), Throws.InvalidOperationException);
        await book.WriteAsync(kept);
        await book.WaitForNotesAsync(1);

        Assert.That(await book.NotesAsync(), Is.EqualTo(new[] { kept.WebhookId }));
        Assert.That(await book.CountAsync("outbox"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_done_after_a_commit_is_not_done_after_a_rollback()
    {
        await using var book = await OpenAsync(start: false);
        var done = new List<string>();

        await book.Database.InTransactionAsync(transaction => { transaction.OnCommitted(() => done.Add("committed")); return Task.CompletedTask; }, default);
        Assert.That(() => book.Database.InTransactionAsync(transaction =>
        {
            transaction.OnCommitted(() => done.Add("rolled back"));
            throw new InvalidOperationException();
        }, default), Throws.InvalidOperationException);

        Assert.That(done, Is.EqualTo(new[] { "committed" }));
    }

    [Test]
    public async Task Every_committed_message_arrives_once()
    {
        await using var book = await OpenAsync();
        var notes = Enumerable.Range(0, 300).Select(_ => Note.Of()).ToArray();

        foreach (var some in notes.Chunk(30))
            await book.WriteAsync([.. some]);
        await book.WaitForNotesAsync(notes.Length);
        var last = await book.WaitForWhatIsUnderWayAsync();

        Assert.That(await book.NotesAsync(), Is.EquivalentTo(notes.Select(note => note.WebhookId).Append(last)));
    }

    [Test]
    public async Task What_a_stopped_relay_left_is_published_by_the_next()
    {
        var database = await FreshDatabase.CreateAsync(engine);
        var notes = Enumerable.Range(0, 20).Select(_ => Note.Of()).ToArray();
        await using (var stopped = await Notebook.OpenAsync(database, start: false))
            await stopped.WriteAsync(notes);

        await using var next = await Notebook.OpenAsync(database);
        await next.WaitForNotesAsync(notes.Length);

        Assert.That(await next.NotesAsync(), Is.EquivalentTo(notes.Select(note => note.WebhookId)));
    }

    [Test]
    public async Task Ids_keep_the_order_of_writing_even_within_a_millisecond()
    {
        await using var book = await OpenAsync(start: false, time: new ManualTimeProvider());
        var notes = Enumerable.Range(0, 5000).Select(_ => Note.Of()).ToArray();

        foreach (var some in notes.Chunk(1000))
            await book.WriteAsync([.. some]);

        var rows = await book.Database.QueryAsync("select message_id from outbox order by id", row => row.GetGuid(0), default);
        Assert.That(rows, Is.EqualTo(notes.Select(note => note.WebhookId)));
    }

    [Test]
    public async Task Ids_are_of_version_7()
    {
        await using var book = await OpenAsync(start: false);
        await book.WriteAsync(Note.Of());

        var id = (await book.Database.QueryAsync("select id from outbox", row => row.GetGuid(0), default))[0];

        Assert.That(id.Version, Is.EqualTo(7));
        Assert.That(id.Variant, Is.InRange(8, 11));
    }

    [Test]
    public async Task What_is_published_again_is_dropped_by_whoever_had_finished_it()
    {
        await using var book = await OpenAsync();
        var notes = Enumerable.Range(0, 50).Select(_ => Note.Of()).ToArray();
        await book.WriteAsync(notes);
        await book.WaitForNotesAsync(notes.Length);
        await book.WaitUntilAllIsSentAsync();

        var again = await book.Database.RepublishAsync(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow, default);
        var last = await book.WaitForWhatIsUnderWayAsync();

        Assert.That(again, Is.EqualTo(notes.Length));
        Assert.That(await book.NotesAsync(), Is.EquivalentTo(notes.Select(note => note.WebhookId).Append(last)));
        Assert.That(notes.Select(note => book.Listener.TimesSeen(note.WebhookId)), Has.All.EqualTo(1));
    }

    [Test]
    public async Task Publishing_again_leaves_out_what_is_older()
    {
        var time = new ManualTimeProvider();
        await using var book = await OpenAsync(start: false, time: time);
        await book.WriteAsync(Note.Of(), Note.Of());
        time.Advance(TimeSpan.FromHours(1));
        await book.WriteAsync(Note.Of());
        await book.Database.InTransactionAsync(transaction => transaction.ExecuteAsync("update outbox set sent_at = created_at", default), default);

        Assert.That(await book.Database.RepublishAsync(time.GetUtcNow().AddHours(1), time.GetUtcNow(), default), Is.Zero);
        Assert.That(await book.Database.RepublishAsync(time.GetUtcNow(), time.GetUtcNow(), default), Is.EqualTo(1));
        Assert.That(await book.Database.RepublishAsync(DateTimeOffset.MinValue, time.GetUtcNow(), default), Is.EqualTo(2));
    }

    [Test]
    public async Task What_was_about_an_erased_person_leaves_the_outbox_from_whatever_hour_it_is()
    {
        await using var book = await OpenAsync(start: false);
        var notes = new List<Guid>();
        for (var hour = 0; hour < 30; hour++)
        {
            var (one, other) = (Note.Of(), Note.Of());
            await book.WriteAsync(one, other);
            notes.AddRange([one.WebhookId, other.WebhookId]);
        }
        for (var i = 0; i < notes.Count; i++) // two an hour
        {
            var id = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddHours((i / 2) - 30).AddMilliseconds(i));
            await book.Database.InTransactionAsync(transaction => transaction.ExecuteAsync("update outbox set id = @new where message_id = @id", default, ("new", id), ("id", notes[i])), default);
        }
        await book.Database.InTransactionAsync(transaction => transaction.ExecuteAsync("update outbox set wire_name = 'recado.webhook-received' where message_id <> @id", default, ("id", notes[0])), default);

        var erased = notes.Where((_, i) => i % 2 == 0).ToList();
        await book.Database.InTransactionAsync(transaction => ErasedMessages.RemoveAsync(erased, transaction, default), default);

        var left = await book.Database.QueryAsync("select message_id from outbox order by id", row => row.GetGuid(0), default);
        Assert.That(left, Is.EqualTo(notes.Where((id, i) => i % 2 == 1 || i == 0)), "the first has nobody in it");
    }

    [Test]
    public async Task Sent_messages_are_kept_for_a_day_and_handled_ids_for_thirty()
    {
        var time = new ManualTimeProvider();
        await using var book = await OpenAsync(time: time);
        await book.WriteAsync(Note.Of(), Note.Of(), Note.Of());
        await book.WaitForNotesAsync(3);
        await book.WaitUntilAllIsSentAsync();

        await PassAsync(time, TimeSpan.FromHours(23));
        await book.WriteAsync(Note.Of());
        await book.WaitForNotesAsync(4);
        await book.WaitUntilAllIsSentAsync();
        Assert.That(await book.CountAsync("outbox"), Is.EqualTo(4));

        await PassAsync(time, TimeSpan.FromHours(2));
        await Until.TrueAsync(async () => await book.CountAsync("outbox") == 1, TimeSpan.FromSeconds(90), "the first three are gone");
        Assert.That(await book.CountAsync("inbox"), Is.EqualTo(4));

        await PassAsync(time, TimeSpan.FromDays(30));
        await Until.TrueAsync(async () => await book.CountAsync("inbox") == 0, TimeSpan.FromSeconds(90), "the inbox is empty");
    }

    /// <summary>The keeper looks every ten minutes of the given clock, once it has set its timer.</summary>
    private static async Task PassAsync(ManualTimeProvider time, TimeSpan by)
    {
        await Until.TrueAsync(() => time.ActiveTimers > 0, TimeSpan.FromSeconds(90), "the keeper waits");
        time.Advance(by);
    }

    private async Task<Notebook> OpenAsync(bool start = true, TimeProvider? time = null) =>
        await Notebook.OpenAsync(await FreshDatabase.CreateAsync(engine), start: start, time: time);
}
