using System.Text.Json;
using Recado.GatewayEmulator.Sending;

namespace Recado.GatewayEmulator.Callbacks;

/// <summary>The envelope of the <c>ReceivedCallback</c>, by <c>ezapi-webhooks.txt</c>; the block with the content follows it.</summary>
/// <param name="Phone">The chat.</param>
/// <param name="FromMe">True for the shop's own messages.</param>
/// <param name="InReplyTo">The id of the message that this one answers.</param>
internal sealed record ReceivedCallback(
    string InstanceId, string MessageId, string Phone, bool FromMe, DateTimeOffset At, string? InReplyTo = null)
{
    private const string Customer = "Carlos Silva";
    private const string Shop = "Loja Exemplo";

    public byte[] Body(Action<Utf8JsonWriter> content) => CallbackBody.Write(json =>
    {
        var isGroup = WhatsAppPhone.IsGroup(Phone);
        json.WriteString("type", "ReceivedCallback");
        json.WriteString("instanceId", InstanceId);
        json.WriteString("messageId", MessageId);
        json.WriteString("phone", Phone);
        json.WriteString("connectedPhone", CallbackBody.ConnectedPhone);
        json.WriteBoolean("fromMe", FromMe);
        json.WriteNumber("momment", At.ToUnixTimeMilliseconds());
        json.WriteString("status", FromMe ? "SENT" : "RECEIVED");
        json.WriteString("chatName", isGroup ? "Grupo Exemplo" : Customer);
        json.WriteString("senderName", FromMe ? Shop : Customer);
        json.WriteString("senderPhoto", "https://emulator.invalid/profiles/sender.jpg");
        json.WriteString("photo", "https://emulator.invalid/chats/chat.jpg");
        json.WriteString("senderLid", WhatsAppPhone.LidOf(FromMe ? CallbackBody.ConnectedPhone : Phone));
        json.WriteString("chatLid", WhatsAppPhone.LidOf(Phone));
        json.WriteBoolean("isGroup", isGroup);
        foreach (var no in (string[])["isNewsletter", "broadcast", "forwarded", "viewOnce", "waitingMessage"])
            json.WriteBoolean(no, false);
        if (InReplyTo is not null)
            json.WriteString("referenceMessageId", InReplyTo);
        content(json);
    });
}
