using Recado.AutomationMatcher.Timeline;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.AutomationMatcher.Quarantine;

/// <summary>A quarantined webhook was understood after all: its timeline says so, whatever it turned out to be.</summary>
public sealed class NoteReplay(TimeProvider time) : IHandle<WebhookReplayed>
{
    /// <inheritdoc/>
    public Task HandleAsync(IReadOnlyList<Received<WebhookReplayed>> messages, Transaction transaction, CancellationToken cancellation)
    {
        TimelineStore.Add([.. messages.Select(received => (TimelineEntry.Replayed(received.Message, time.GetUtcNow()), received.Trace.Id()))], transaction);
        return Task.CompletedTask;
    }
}
