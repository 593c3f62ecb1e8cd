using Recado.Contracts;
using Recado.Normalizer.Phones;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi;

/// <summary>A message that came in. It is a reply only if a customer wrote it in their own chat.</summary>
internal static class Reply
{
    public static Normalized Normalize(Callback callback)
    {
        var body = callback.Body;
        var content = Content.Of(body);
        if (NotAReply(body, content) is { } what)
            return Normalized.Nothing(what);

        var messageId = body.Required("messageId");
        var chat = body.Id("phone") ?? "";
        var phone = PhoneOf(chat);
        var lid = LidOf(chat) ?? LidOf(body.Text("chatLid")) ?? LidOf(body.Text("senderLid"));
        if (phone is null && lid is null)
            body.Reject("phone", chat.Length == 0 ? QuarantineReasons.MissingField : QuarantineReasons.InvalidValue);
        return callback.Findings.First is { } finding ? new([], finding) : Normalized.Of(new CustomerReplied
        {
            ReplyId = callback.IdFor(messageId),
            StoreId = callback.Webhook.StoreId,
            InstanceId = callback.InstanceId,
            GatewayMessageId = messageId,
            Phone = phone,
            Lid = lid,
            Kind = content.Kind,
            Text = content.Text,
            InReplyTo = body.Text("referenceMessageId") ?? content.About,
            OccurredAt = callback.OccurredAt,
        });
    }

    private static string? NotAReply(Fields body, Content content)
    {
        var chat = body.Text("phone") ?? "";
        if (body.IsTrue("isGroup") || chat.EndsWith("@g.us", StringComparison.Ordinal) || chat.EndsWith("-group", StringComparison.Ordinal))
            return "group";
        if (body.IsTrue("isNewsletter") || chat.EndsWith("@newsletter", StringComparison.Ordinal))
            return "newsletter";
        if (body.IsTrue("broadcast") || chat.EndsWith("@broadcast", StringComparison.Ordinal))
            return "broadcast";
        // The echo of what the shop itself sent, from here or from its phone.
        if (body.IsTrue("fromMe"))
            return "from_me";
        return content.Kind == Content.Unknown && body.Text("notification") is { } name ? $"notification {Named(name)}" : null;
    }

    // The gateway always puts the country first and leaves out the plus sign.
    private static string? PhoneOf(string chat) => PhoneNumber.Clean(chat.StartsWith('+') ? chat : $"+{chat}");

    private static string? LidOf(string? text) =>
        text is { Length: > 4 and <= 64 } && text.EndsWith("@lid", StringComparison.Ordinal) ? text : null;

    // Names of notifications are constants of WhatsApp; anything else might be somebody's words.
    private static string Named(string name) =>
        name.Length <= 64 && name.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_') ? name : "other";
}
