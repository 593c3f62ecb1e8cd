using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;

namespace Recado.Platform.Erasing;

/// <summary>What was about a person who is erased leaves a schema's outbox and dead letters, and does not come in again.</summary>
public static class ErasedMessages
{
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
    public static void Remove(IEnumerable<Guid> ids, Transaction transaction)
    {
        const string About = "message_id = any(@ids) and wire_name in ('recado.webhook-received', 'recado.commerce-event', 'recado.message-requested', 'recado.message-rendered')";
        (string, object?)[] these = [("ids", ids.Distinct().ToArray())];
        transaction.Write($"delete from outbox where {About}", these);
        transaction.Write($"delete from dead_letters where {About}", these);
    }
}
