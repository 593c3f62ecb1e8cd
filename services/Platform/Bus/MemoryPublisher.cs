using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;
using Microsoft.Extensions.Logging;
using Recado.Platform.Outbox;

namespace Recado.Platform.Bus;

/// <summary>Over the bus in memory, where all services share one process.</summary>
internal sealed class MemoryPublisher(IBusControl bus, MessagingSpans spans, TimeProvider time, ILogger<Publisher> log) : Publisher(bus, spans, log)
{
    private readonly IBusControl _bus = bus;

    protected override async Task SendAsync(OutboxRow row, string? trace, CancellationToken cancellation)
    {
        var exchange = await _bus.GetSendEndpoint(new Uri($"exchange:{row.WireName}"));
        await exchange.Send(StoredMessage.Instance, context =>
        {
            context.MessageId = row.MessageId;
            context.Serializer = new StoredBody(row.Body);
            context.Headers.Set(PublishedHeader, time.GetUtcNow().ToString("O"));
            if (trace is not null)
                context.Headers.Set(TraceHeader, trace);
        }, cancellation);
    }

    /// <summary>Stands for a message whose bytes are already there.</summary>
    private sealed class StoredMessage
    {
        public static readonly StoredMessage Instance = new();
    }

    /// <summary>Puts the stored bytes on the wire.</summary>
    private sealed class StoredBody(byte[] body) : IMessageSerializer
    {
        public ContentType ContentType => SystemTextJsonRawMessageSerializer.JsonContentType;

        public MessageBody GetMessageBody<T>(SendContext<T> context)
            where T : class => new BytesMessageBody(body);
    }
}
