using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;

namespace Recado.Platform.Outbox;

/// <summary>Takes away outbox and inbox rows and dead letters that are past their retention.</summary>
internal sealed class Retention(Database database, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<Retention> log) : Pruning(time, log)
{
    protected override Task<int> DeleteSomeAsync(DateTimeOffset now, CancellationToken cancellation) => database.InTransactionAsync(async transaction =>
        await transaction.ExecuteAsync(
            "delete from outbox where id in (select id from outbox where sent_at < @before order by sent_at limit 5000)",
            cancellation, ("before", now - options.Value.OutboxRetention))
        + await transaction.ExecuteAsync(
            "delete from inbox where (queue, message_id) in (select queue, message_id from inbox where handled_at < @before order by handled_at limit 5000)",
            cancellation, ("before", now - options.Value.InboxRetention))
        + await transaction.ExecuteAsync(
            "delete from dead_letters where dead_letter_id in (select dead_letter_id from dead_letters where died_at < @before order by died_at limit 5000)",
            cancellation, ("before", now - options.Value.DeadLetterRetention)), cancellation);
}
