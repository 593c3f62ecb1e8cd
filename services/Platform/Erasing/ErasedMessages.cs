using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Outbox;

namespace Recado.Platform.Erasing;

/// <summary>What was about a person who is erased leaves a schema's outbox and dead letters, and does not come in again.</summary>
public static class ErasedMessages
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    /// <summary>
    /// From now on these messages are handled, whatever becomes of them here: what is still at the broker, or is published
    /// again by whoever keeps a copy, is dropped as a repeat. A batch that has one of them in its hands is waited for, so
    /// this comes before anything is erased.
    /// </summary>
    public static void Refuse<TMessage>(Database database, IEnumerable<Guid> ids, DateTimeOffset now, Transaction transaction)
        where TMessage : class, IMessage =>
        transaction.Write(
            "insert into inbox (queue, message_id, handled_at) values (@queue, @id, @now) on conflict do nothing",
            new Columns<Guid>([.. ids.Distinct().Order()])
            {
                { "id", id => id }, { "queue", Consumers.QueueOf(database, typeof(TMessage)) }, { "now", now },
            });

    /// <summary>
    /// Deletes the copies that are kept to fill a lost broker or to try again. Of what has the id of a message only those
    /// with a person in them: that it is called back has to be told all the same.
    /// </summary>
    public static async Task RemoveAsync(IEnumerable<Guid> ids, Transaction transaction, CancellationToken cancellation)
    {
        const string About = "message_id = any(@ids) and wire_name in ('recado.webhook-received', 'recado.commerce-event', 'recado.message-requested', 'recado.message-rendered')";
        Guid[] all = [.. ids.Distinct()];
        if (all.Length == 0)
            return;
        (string, object?)[] these = [("ids", all)];
        transaction.Write($"delete from dead_letters where {About}", these);
        // A day of the outbox can be millions of rows, and an index by message would cost each of them: some minutes at a time.
        var from = Guid.Empty;
        while (await FirstAsync(from, transaction, cancellation) is { } first)
        {
            var to = OutboxRow.FirstIdAfter(first, Look);
            await transaction.ExecuteAsync($"delete from outbox where id >= @from and id < @to and {About}", cancellation, [.. these, ("from", first), ("to", to)]);
            from = to;
        }
    }

    private static async Task<Guid?> FirstAsync(Guid from, Transaction transaction, CancellationToken cancellation)
    {
        var first = await transaction.QueryAsync("select id from outbox where id >= @from order by id limit 1", row => row.GetGuid(0), cancellation, ("from", from));
        return first.Count > 0 ? first[0] : null;
    }
}
