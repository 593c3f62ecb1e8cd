using MassTransit;
using Microsoft.Extensions.Logging;
using Recado.Platform.Faults;
using Recado.Platform.Outbox;
using Recado.Platform.Telemetry;

namespace Recado.Platform.Bus;

/// <summary>Sends outbox rows as they are stored; nothing is serialised twice.</summary>
internal abstract class Publisher(IBusControl bus, MessagingSpans spans, ILogger<Publisher> log)
{
    // The context of the span that sends, W3C traceparent. The name is MassTransit's, as in messages of earlier versions.
    internal const string TraceHeader = "MT-Activity-Id";

    /// <summary>When the message was published, ISO 8601: receivers tell by it how far they are.</summary>
    internal const string PublishedHeader = "Recado-Published-At";

    /// <summary>True when connection, exchanges and queues of this process are in place.</summary>
    public bool Ready => bus.CheckHealth().Status == BusHealthStatus.Healthy;

    /// <summary>Returns those that the broker has confirmed on disk; the others it has refused, nobody listens to them, or the time is over.</summary>
    public async Task<IReadOnlyList<OutboxRow>> PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken deadline)
    {
        var publishing = rows.Select(row => TryPublishAsync(row, deadline)).ToList();
        CrashPoints.Reach(CrashPoints.RelayPublished);
        var confirmed = await Task.WhenAll(publishing);
        return [.. rows.Where((_, i) => confirmed[i])];
    }

    private async Task<bool> TryPublishAsync(OutboxRow row, CancellationToken deadline)
    {
        try
        {
            await PublishAsync(row, deadline);
            return true;
        }
        catch (Exception exception)
        {
            log.LogDebug(exception, "{WireName} {MessageId} was not confirmed", row.WireName, row.MessageId);
            return false;
        }
    }

    /// <summary>Returns once the broker has confirmed the message on disk; throws when it has not or no queue took it.</summary>
    public Task PublishAsync(OutboxRow row, CancellationToken cancellation) =>
        Spans.Source.HasListeners() ? PublishInSpanAsync(row, cancellation) : SendAsync(row, row.Trace, cancellation);

    private async Task PublishInSpanAsync(OutboxRow row, CancellationToken cancellation)
    {
        using var span = spans.StartSend(row);
        try
        {
            await SendAsync(row, span?.Context.ToTraceparent() ?? row.Trace, cancellation);
        }
        catch (Exception exception)
        {
            span.Fail(exception);
            throw;
        }
    }

    /// <summary>Likewise.</summary>
    /// <param name="trace">The context that the receiver continues; null for none.</param>
    protected abstract Task SendAsync(OutboxRow row, string? trace, CancellationToken cancellation);
}
