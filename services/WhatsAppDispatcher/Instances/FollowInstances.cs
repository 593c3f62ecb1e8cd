using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.WhatsAppDispatcher.Dispatching;

namespace Recado.WhatsAppDispatcher.Instances;

/// <summary>
/// A shop's phone connected or disconnected. While it is disconnected nothing is handed over: the gateway would queue
/// messages and flush them on reconnect, however stale they are by then.
/// </summary>
public sealed class FollowInstances(Dispatcher dispatcher) : IHandle<InstanceStatusChanged>
{
    /// <inheritdoc/>
    public Task HandleAsync(IReadOnlyList<Received<InstanceStatusChanged>> messages, Transaction transaction, CancellationToken cancellation)
    {
        transaction.WriteEach(
            """
            insert into instances (store_id, instance_id, connected, changed_at) values (@store, @instance, @connected, @at)
            on conflict (store_id, instance_id) do update set connected = excluded.connected, changed_at = excluded.changed_at
            where instances.changed_at <= excluded.changed_at
            """,
            [.. messages.Select(received => received.Message).OrderBy(change => (change.StoreId, change.InstanceId, change.OccurredAt))],
            change => [("store", change.StoreId), ("instance", change.InstanceId), ("connected", change.Connected), ("at", change.OccurredAt)]);
        transaction.OnCommitted(dispatcher.Wake);
        return Task.CompletedTask;
    }
}
