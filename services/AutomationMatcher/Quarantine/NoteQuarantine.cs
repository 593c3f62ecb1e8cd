using Recado.AutomationMatcher.Timeline;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.AutomationMatcher.Quarantine;

/// <summary>A webhook was not understood: its timeline says so, and why.</summary>
public sealed class NoteQuarantine(TimeProvider time) : IHandle<WebhookQuarantined>
{
    /// <inheritdoc/>
    public Task HandleAsync(IReadOnlyList<Received<WebhookQuarantined>> messages, Transaction transaction, CancellationToken cancellation)
    {
        TimelineStore.Add([.. messages.Select(received => (TimelineEntry.Quarantined(received.Message, time.GetUtcNow()), received.Trace.Id()))], transaction);
        return Task.CompletedTask;
    }
}
