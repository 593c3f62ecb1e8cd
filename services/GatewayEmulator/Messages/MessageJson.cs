using System.IO.Pipelines;
using System.Text.Json;

namespace Recado.GatewayEmulator.Messages;

/// <summary>Writes kept messages as they are shown, piece by piece: a hundred thousand never stand in memory as JSON.</summary>
internal static class MessageJson
{
    private const int FlushBytes = 64 << 10;

    public static async Task WriteAsync(PipeWriter output, IEnumerable<AcceptedMessage> messages, CancellationToken stop)
    {
        await using var json = new Utf8JsonWriter(output, EmulatorJson.Readable);
        json.WriteStartArray();
        foreach (var message in messages)
        {
            // A message without content was dropped since the list was drawn up.
            if (message.Content is not { } content)
                continue;
            json.WriteStartObject();
            json.WriteString("messageId", message.MessageId);
            json.WriteString("instanceId", message.InstanceId);
            json.WriteString("phone", message.Phone);
            json.WriteString("kind", content.Kind);
            json.WriteString("text", content.Text);
            json.WritePropertyName("body");
            json.WriteRawValue(content.Body, skipInputValidation: true);
            json.WriteString("status", Name(message.Status));
            json.WriteString("acceptedAt", message.AcceptedAt.UtcDateTime);
            json.WriteEndObject();
            if (json.BytesPending < FlushBytes)
                continue;
            json.Flush();
            await output.FlushAsync(stop);
        }

        json.WriteEndArray();
        json.Flush();
        await output.FlushAsync(stop);
    }

    private static string Name(MessageStatus status) => status switch
    {
        MessageStatus.Accepted => "ACCEPTED",
        MessageStatus.Sent => "SENT",
        MessageStatus.Received => "RECEIVED",
        MessageStatus.Read => "READ",
        _ => "ERROR",
    };
}
