using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Faults;
using Recado.Platform.Refill;

namespace Recado.Platform.Outbox;

/// <summary>
/// Publishes what is left in the outbox: what <see cref="FreshRelay"/> could not, what a process that died had committed,
/// what is to be published again. Looks every second, keeps many confirms in flight, and shares the rows with its replicas
/// by <c>skip locked</c>.
/// </summary>
internal sealed class OutboxRelay(Database database, Publisher publisher, BrokerMemory memory, TimeProvider time, ILogger<OutboxRelay> log)
    : BackgroundService
{
    private const int BatchSize = 200;

    // A blocked or vanished broker must not hold the rows' locks for longer.
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);

    // A row that is due much later was put off by a clock that has been set back since: it is not held up until then.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var failures = 0;
        var connection = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!publisher.Ready)
                    await Task.Delay(TimeSpan.FromMilliseconds(100), stoppingToken);
                else
                {
                    if (connection != memory.Connections)
                        connection = await RefillAsync(stoppingToken);
                    if (await RelayAsync(stoppingToken) < BatchSize)
                        await RestAsync(connection, stoppingToken);
                    failures = 0;
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                var delay = OutageBackOff.Delay(++failures);
                log.LogWarning("Outbox of {Schema} waits {Delay}: {Error}", database.Schema, delay, exception.Message);
                await Task.Delay(delay, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>A second, or until there is a new connection: who publishes from memory waits for it to be looked at.</summary>
    private async Task RestAsync(int connection, CancellationToken cancellation)
    {
        for (var i = 0; i < 10 && connection == memory.Connections; i++)
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
    }

    /// <summary>After a new connection: a broker that has forgotten this schema gets again whatever may be unfinished.</summary>
    /// <returns>The connection that was looked at.</returns>
    private async Task<int> RefillAsync(CancellationToken cancellation)
    {
        var connection = memory.Connections;
        if (!await memory.KnowsAsync(database, cancellation))
            await FillAsync(cancellation);
        memory.Settle(database, connection);
        return connection;
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        if (await database.RefillAsync(time.GetUtcNow(), cancellation) is > 0 and var count)
            log.LogWarning("The broker does not know {Schema}: {Count} messages that may be unfinished are published again", database.Schema, count);
        await memory.LeaveAsync(database, cancellation);
    }

    private async Task<int> RelayAsync(CancellationToken cancellation)
    {
        OutboxRow[] unconfirmed = [];
        var count = await database.InTransactionAsync(async transaction =>
        {
            var rows = await transaction.QueryAsync(
                """
                select id, message_id, wire_name, body, trace, created_at from outbox
                where sent_at is null and (due_at <= @now or due_at > @impossible) order by due_at, id limit 200 for update skip locked
                """,
                row => new OutboxRow(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetFieldValue<byte[]>(3), row.GetStringOrNull(4), row.GetTime(5)),
                cancellation, ("now", time.GetUtcNow()), ("impossible", time.GetUtcNow() + LongestPause + LongestPause));
            var sent = await PublishAsync(rows, cancellation);
            unconfirmed = [.. rows.ExceptBy(sent, row => row.Id)];
            Settle(transaction, sent, unconfirmed);
            return rows.Count;
        }, cancellation);
        if (unconfirmed.Length > 0 && unconfirmed.Length == count)
            throw new IOException($"{unconfirmed.Length} of {count} messages were not confirmed");
        return count;
    }

    private void Settle(Transaction transaction, Guid[] sent, OutboxRow[] unconfirmed)
    {
        var now = time.GetUtcNow();
        if (sent.Length > 0)
            OutboxRow.Mark(sent, now, transaction);
        // They step aside, for as long as they have already waited (1 s at least), to the end of the line: thousands of
        // messages that nobody listens to yet do not hold up the others.
        transaction.WriteEach("update outbox set due_at = @later where id = @id", unconfirmed,
            row => [("id", row.Id), ("later", now + TimeSpan.FromSeconds(Math.Clamp((now - row.CreatedAt).TotalSeconds, 1, LongestPause.TotalSeconds)))]);
    }

    private async Task<Guid[]> PublishAsync(List<OutboxRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return [];
        CrashPoints.Reach(CrashPoints.RelayClaimed);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(ConfirmTimeout);
        var sent = await publisher.PublishAsync(rows, deadline.Token);
        CrashPoints.Reach(CrashPoints.RelayConfirmed);
        return [.. sent.Select(row => row.Id)];
    }
}
