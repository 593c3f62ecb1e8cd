using System.Buffers;
using System.Text.Json;
using Recado.GatewayEmulator.Messages;
using Recado.GatewayEmulator.Sending;

namespace Recado.GatewayEmulator.Callbacks;

/// <summary>Writes callbacks field by field in the shapes of <c>ezapi-webhooks.txt</c>; <c>momment</c> is its spelling, in milliseconds.</summary>
internal static class CallbackBody
{
    /// <summary>The number of the shop's phone, which every instance shares here.</summary>
    public const string ConnectedPhone = "5511999999999";

    public static byte[] Receipt(CallbackStep step, AcceptedMessage message, DateTimeOffset now) =>
        step.Kind == CallbackKind.Delivery
            ? Delivery(message, failed: step.Status is not null)
            : MessageStatus(step.Status!, message, now);

    public static byte[] Connected(string instanceId, DateTimeOffset now) => Write(json =>
    {
        json.WriteString("type", "ConnectedCallback");
        json.WriteBoolean("connected", true);
        json.WriteNumber("momment", now.ToUnixTimeMilliseconds());
        json.WriteString("instanceId", instanceId);
        json.WriteString("phone", ConnectedPhone);
    });

    public static byte[] Disconnected(string instanceId, DateTimeOffset now) => Write(json =>
    {
        json.WriteNumber("momment", now.ToUnixTimeMilliseconds());
        json.WriteString("error", "connection lost");
        json.WriteBoolean("disconnected", true);
        json.WriteString("type", "DisconnectedCallback");
        json.WriteString("instanceId", instanceId);
    });

    /// <summary>One JSON object.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, EmulatorJson.Readable))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Delivery(AcceptedMessage message, bool failed) => Write(json =>
    {
        json.WriteString("phone", message.Phone);
        json.WriteString("messageId", message.MessageId);
        json.WriteString("id", message.MessageId);
        json.WriteString("type", "DeliveryCallback");
        json.WriteString("instanceId", message.InstanceId);
        if (!failed)
            return;
        json.WriteString("status", "ERROR");
        json.WriteString("error", "rate limit");
        json.WriteNumber("statusCode", 429);
    });

    private static byte[] MessageStatus(string status, AcceptedMessage message, DateTimeOffset now) => Write(json =>
    {
        json.WriteString("instanceId", message.InstanceId);
        json.WriteString("status", status);
        json.WriteStartArray("ids");
        json.WriteStringValue(message.MessageId);
        json.WriteEndArray();
        json.WriteNumber("momment", now.ToUnixTimeMilliseconds());
        json.WriteNumber("phoneDevice", 0);
        json.WriteString("phone", message.Phone);
        json.WriteString("type", "MessageStatusCallback");
        json.WriteBoolean("isGroup", WhatsAppPhone.IsGroup(message.Phone));
    });
}
