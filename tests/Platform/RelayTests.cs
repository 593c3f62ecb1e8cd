using System.Text.Json;
using Recado.Contracts;
using Recado.Platform.Outbox;

namespace Recado.Tests.Platform;

/// <summary>The relay against a real broker.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class RelayTests(Engine engine)
{
    private const string Notes = "recado.webhook-quarantined";
    private const string Answers = "recado.message-cancelled";

    [Test]
    public async Task Every_message_is_published_once_and_again_only_when_asked()
    {
        await using var raw = await RawQueue.CreateAsync();
        await raw.BindAsync(Notes);
        await using var book = await OpenAsync(raw, listens: false);
        var notes = Enumerable.Range(0, 500).Select(_ => Note.Of()).ToArray();

        await Task.WhenAll(notes.Chunk(50).Select(some => book.WriteAsync([.. some])));
        await book.WaitUntilAllIsSentAsync();
        Assert.That(await raw.DrainAsync(Notes), Is.EquivalentTo(notes.Select(note => note.WebhookId)));

        await book.Database.RepublishAsync(DateTimeOffset.MinValue, DateTimeOffset.UtcNow, default);
        await book.WaitUntilAllIsSentAsync();
        Assert.That(await raw.DrainAsync(Notes), Is.EquivalentTo(notes.Select(note => note.WebhookId)));
    }

    [Test]
    public async Task Messages_that_nobody_listens_to_stay_and_hold_up_no_others()
    {
        await using var raw = await RawQueue.CreateAsync();
        await using var book = await OpenAsync(raw);
        var unheard = Enumerable.Range(0, 1000).Select(_ => Note.Answer(Guid.NewGuid())).ToArray(); // five times what the relay takes at once
        await book.WriteAsync(unheard);
        await book.WriteAsync(Note.Of(), Note.Of());

        await book.WaitForNotesAsync(2);
        await book.WaitUntilUnsentAreAsync(unheard.Length);

        await raw.BindAsync(Answers);
        await book.WaitUntilAllIsSentAsync();
        Assert.That((await raw.DrainAsync(Answers)).Distinct(), Is.EquivalentTo(unheard.Select(message => message.MessageId)));
    }

    [Test]
    public async Task A_row_put_off_by_a_clock_that_has_been_set_back_is_not_held_up()
    {
        await using var raw = await RawQueue.CreateAsync();
        await raw.BindAsync(Notes);
        await using var book = await OpenAsync(raw, listens: false);
        var note = Note.Of();

        await book.Database.InTransactionAsync(transaction => transaction.ExecuteAsync(
            "insert into outbox (id, message_id, wire_name, body, created_at, due_at) values (@id, @id, @wire_name, @body, @now, @late)", default,
            ("id", note.WebhookId), ("wire_name", Notes), ("body", JsonSerializer.SerializeToUtf8Bytes(note, ContractsJson.Default.WebhookQuarantined)),
            ("now", DateTimeOffset.UtcNow), ("late", DateTimeOffset.UtcNow.AddHours(1))), default);

        await book.WaitUntilAllIsSentAsync();
        Assert.That(await raw.DrainAsync(Notes), Is.EqualTo(new[] { note.WebhookId }));
    }

    private async Task<Notebook> OpenAsync(RawQueue raw, bool listens = true) =>
        await Notebook.OpenAsync(await FreshDatabase.CreateAsync(engine), raw.Broker, listens);
}
