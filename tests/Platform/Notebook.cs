using Microsoft.Extensions.Hosting;
using Recado.Contracts;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>A host with the notes service, and questions to its tables.</summary>
public sealed class Notebook : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly HostInProcess host;

    private Notebook(HostInProcess host, Listener listener) => (this.host, Listener) = (host, listener);

    public Listener Listener { get; }

    public TimeProvider Time => host.Get<TimeProvider>();

    public NotesDatabase Database => host.Get<NotesDatabase>();

    public IHostApplicationLifetime Life => host.Get<IHostApplicationLifetime>();

    public static async Task<Notebook> OpenAsync(string database, string broker = "memory", bool listens = true, TimeProvider? time = null, bool start = true, TimeProvider? machine = null)
    {
        var listener = new Listener();
        var book = new Notebook(await HostInProcess.PrepareAsync(new NotesService(listener, listens), database, broker, time, machine), listener);
        await book.Database.InTransactionAsync(transaction => transaction.ExecuteAsync(
            "create table if not exists notes (message_id uuid not null, text text not null)", default), default);
        if (start)
            await book.host.StartAsync();
        return book;
    }

    /// <summary>Where it was not opened so.</summary>
    public Task StartAsync() => host.StartAsync();

    /// <summary>
    /// Puts messages into the outbox, all in one transaction; through an outage, as every writer of Recado does: the first
    /// connection after a restart may still be one of before.
    /// </summary>
    public Task WriteAsync(params IMessage[] messages) => Database.InTransactionUntilDoneAsync(transaction =>
    {
        foreach (var message in messages)
            transaction.Publish(message, default);
        return Task.FromResult(true);
    }, (_, _) => { }, default);

    /// <summary>The messages that notes were taken of, each as often as there are notes; likewise through an outage.</summary>
    public Task<List<Guid>> NotesAsync() => Database.InTransactionUntilDoneAsync(
        transaction => transaction.QueryAsync("select message_id from notes", row => row.GetGuid(0), default), (_, _) => { }, default);

    public async Task<long> CountAsync(string from, params (string Name, object? Value)[] arguments) =>
        (await Database.QueryAsync($"select count(*) from {from}", row => row.GetInt64(0), default, arguments))[0];

    public Task<long> UnsentAsync() => CountAsync("outbox where sent_at is null");

    public Task WaitForNotesAsync(int count) =>
        Until.TrueAsync(async () => (await NotesAsync()).Count >= count, Patience, $"{count} notes are taken");

    public Task WaitUntilAllIsSentAsync() => Until.TrueAsync(async () => await UnsentAsync() == 0, Patience, "the outbox has been published");

    public Task WaitUntilUnsentAreAsync(int count) => Until.TrueAsync(async () => await UnsentAsync() == count, Patience, $"{count} messages are left in the outbox");

    /// <summary>Waits for one more message, so that whatever was sent before has come.</summary>
    /// <returns>The id of that message.</returns>
    public async Task<Guid> WaitForWhatIsUnderWayAsync()
    {
        await WaitUntilAllIsSentAsync();
        var last = Note.Of();
        await WriteAsync(last);
        await Until.TrueAsync(async () => (await NotesAsync()).Contains(last.WebhookId), Patience, "the last message has come");
        return last.WebhookId;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
