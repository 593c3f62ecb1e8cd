using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>Replicas share one database; SQLite has one process.</summary>
public sealed class ReplicaTests
{
    private const string Notes = "recado.webhook-quarantined";

    [Test]
    public async Task Two_relays_share_two_thousand_messages_and_publish_none_twice()
    {
        await using var raw = await RawQueue.CreateAsync();
        await raw.BindAsync(Notes);
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        var notes = Enumerable.Range(0, 2000).Select(_ => Note.Of()).ToArray();
        await using (var writer = await Notebook.OpenAsync(database, raw.Broker, listens: false, start: false))
            await writer.WriteAsync(notes);

        var replicas = await Task.WhenAll(
            Notebook.OpenAsync(database, raw.Broker, listens: false), Notebook.OpenAsync(database, raw.Broker, listens: false));
        await replicas[0].WaitUntilAllIsSentAsync();

        Assert.That(await raw.DrainAsync(Notes), Is.EquivalentTo(notes.Select(note => note.WebhookId)));
        foreach (var replica in replicas)
            await replica.DisposeAsync();
    }

    [Test]
    public async Task Two_consumers_of_one_queue_handle_each_message_once()
    {
        await using var raw = await RawQueue.CreateAsync();
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        var notes = Enumerable.Range(0, 500).Select(_ => Note.Of()).ToArray();
        await using var one = await Notebook.OpenAsync(database, raw.Broker);
        await using var other = await Notebook.OpenAsync(database, raw.Broker);

        // The same messages twice, so that both replicas get hold of the same ones.
        await Task.WhenAll(one.WriteAsync(notes), other.WriteAsync(notes));
        await one.WaitForNotesAsync(notes.Length);
        await one.WaitUntilAllIsSentAsync();
        await Until.TrueAsync(async () => await raw.CountAsync("notes.webhook-quarantined") == 0, TimeSpan.FromSeconds(90), "the queue is empty");

        Assert.That(await one.NotesAsync(), Is.EquivalentTo(notes.Select(note => note.WebhookId)));
        Assert.That(await one.CountAsync("dead_letters"), Is.Zero);
    }
}
