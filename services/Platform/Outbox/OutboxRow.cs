using System.Diagnostics;
using System.Text.Json;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Telemetry;

namespace Recado.Platform.Outbox;

/// <summary>A message that waits in the outbox, already in the bytes that will travel.</summary>
internal sealed record OutboxRow(Guid Id, Guid MessageId, string WireName, byte[] Body, string? Trace, DateTimeOffset CreatedAt)
{
    public static OutboxRow Of(IMessage message, ActivityContext cause, DateTimeOffset now) => new(
        Guid.CreateVersion7(now),
        message.Id,
        MessageTypes.WireNameOf(message.GetType()),
        JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), ContractsJson.Default),
        cause.ToTraceparent(),
        now);
}
