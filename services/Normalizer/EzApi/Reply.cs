using Recado.Contracts;
using Recado.Normalizer.EzApi.Content;

namespace Recado.Normalizer.EzApi;

/// <summary>A customer wrote, or called, in their own chat.</summary>
internal static class Reply
{
    public static Normalized Normalize(Callback callback, InboundContent content)
    {
        var body = callback.Body;
        var messageId = body.Required("messageId");
        var chat = body.Id("phone") ?? "";
        var phone = WhatsAppId.Phone(chat);
        var lid = WhatsAppId.Lid(chat) ?? WhatsAppId.Lid(body.Text("chatLid")) ?? WhatsAppId.Lid(body.Text("senderLid"));
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
            Text = content.Words,
            InReplyTo = body.Text("referenceMessageId") ?? content.About,
            Content = content.Typed,
            OccurredAt = callback.OccurredAt,
        });
    }
}
