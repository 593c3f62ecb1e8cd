using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;
using Microsoft.Extensions.Logging;
using Recado.Platform.Faults;
using Recado.Platform.Outbox;

namespace Recado.Platform.Bus;

/// <summary>Sends outbox rows as they are stored; nothing is serialised twice.</summary>
internal sealed class Publisher(IBusControl bus, TimeProvider time, ILogger<Publisher> log)
{
    // The same header that MassTransit's receiver reads the parent span from.
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
    public async Task PublishAsync(OutboxRow row, CancellationToken cancellation)
    {
        var exchange = await bus.GetSendEndpoint(new Uri($"exchange:{row.WireName}"));
        await exchange.Send(StoredMessage.Instance, context =>
        {
            context.MessageId = row.MessageId;
            context.Serializer = new StoredBody(row.Body);
            context.Headers.Set(PublishedHeader, time.GetUtcNow().ToString("O"));
            if (row.Trace is not null)
                context.Headers.Set(TraceHeader, row.Trace);
            if (context.TryGetPayload(out RabbitMqSendContext? rabbit))
                rabbit.Mandatory = true;
#if FAULTS
            if (PlantedBugs.NonMandatoryPublish && context.TryGetPayload(out rabbit))
                rabbit.Mandatory = false;
#endif
        }, cancellation);
    }
}

/// <summary>Stands for a message whose bytes are already there.</summary>
internal sealed class StoredMessage
{
    public static readonly StoredMessage Instance = new();
}

/// <summary>Puts the stored bytes on the wire.</summary>
internal sealed class StoredBody(byte[] body) : IMessageSerializer
{
    public ContentType ContentType => SystemTextJsonRawMessageSerializer.JsonContentType;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => new BytesMessageBody(body);
}
