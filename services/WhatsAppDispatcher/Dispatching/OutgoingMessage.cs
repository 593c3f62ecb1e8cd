using System.Data.Common;
using System.Text.Json;
using Recado.Contracts;
using Recado.Platform.Data;

namespace Recado.WhatsAppDispatcher.Dispatching;

/// <summary>A message that this process has claimed: nobody else may touch it until the lease is over.</summary>
/// <param name="Claim">The fencing token: a record without it changes nothing.</param>
/// <param name="Attempt">Sends so far that definitely did not happen.</param>
public sealed record OutgoingMessage(Guid MessageId, string StoreId, string InstanceId, Guid JourneyId, Guid EventId, string Recipient,
    MessageContent Content, Guid Claim, int Attempt, DateTimeOffset ExpiresAt, string? Trace)
{
    /// <summary>It alone tries whether the pause of its number is over.</summary>
    public bool IsProbe { get; init; }

    internal const string Columns = "message_id, store_id, instance_id, journey_id, event_id, recipient, content, claim, attempt, expires_at, trace";

    internal static OutgoingMessage Map(DbDataReader row) => new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetGuid(4),
        row.GetString(5), JsonSerializer.Deserialize<MessageContent>(row.GetString(6))!, row.GetGuid(7), row.GetInt32(8), row.GetTime(9), row.GetStringOrNull(10));

    /// <summary>The news that it moved on.</summary>
    public MessageStatusChanged Changed(string status, DateTimeOffset at, string? reason = null, string? detail = null, string? gatewayMessageId = null) =>
        StatusNews.Of(MessageId, StoreId, JourneyId, EventId, status, at, reason, detail, gatewayMessageId);
}

/// <summary>News about a message.</summary>
internal static class StatusNews
{
    public static MessageStatusChanged Of(Guid message, string store, Guid journey, Guid happened, string status, DateTimeOffset at,
        string? reason = null, string? detail = null, string? gatewayMessageId = null) => new()
        {
            StatusId = DeterministicId.Of("status", message.ToString(), status),
            MessageId = message,
            StoreId = store,
            JourneyId = journey,
            EventId = happened,
            Status = status,
            Reason = reason,
            Detail = detail,
            GatewayMessageId = gatewayMessageId,
            OccurredAt = at,
        };
}
