using Recado.Contracts;
using Recado.Normalizer.EzApi.Content;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.EzApi;

/// <summary>What the shop itself sent, from here or from its phone. It is evidence where it has a text, and else means nothing: it is never an error.</summary>
internal static class Echo
{
    /// <summary>The blocks in which what Recado sends comes back.</summary>
    private static readonly string[] Sendable = ["text", "image", "video", "document", "hydratedTemplate", "buttonsMessage"];

    public static Normalized Normalize(Callback callback, InboundContent content)
    {
        var body = callback.Body;
        var messageId = body.Text("messageId");
        var chat = body.Text("phone");
        var (phone, lid) = (WhatsAppId.Phone(chat), WhatsAppId.Lid(chat) ?? WhatsAppId.Lid(body.Text("chatLid")));
        var text = Sendable.Contains(content.Kind) ? PlainText.WithoutControl(content.RawWords, keepLineFeeds: true) : null;
        if (messageId is null or { Length: > Receipts.LongestId } || string.IsNullOrWhiteSpace(text) || (phone is null && lid is null) || callback.Findings.First is not null)
            return Normalized.Nothing("from_me");
        return Normalized.Of(new MessageEchoed
        {
            EchoId = callback.IdFor(messageId),
            StoreId = callback.Webhook.StoreId,
            InstanceId = callback.InstanceId,
            GatewayMessageId = messageId,
            Phone = phone,
            Lid = lid,
            Text = text,
            OccurredAt = callback.OccurredAt,
        });
    }
}
