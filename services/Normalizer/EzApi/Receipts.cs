using Recado.Contracts;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.EzApi;

/// <summary>How far the gateway and WhatsApp got with our messages.</summary>
internal static class Receipts
{
    private const int ErrorLength = 200;

    // WhatsApp's ids have about 22 characters, and a phone reports a screenful of messages at a time.
    internal const int LongestId = 200;
    private const int MostIds = 1000;

    /// <summary>Handed to WhatsApp, or failed on the way: never "delivered", whatever the callback's name says.</summary>
    public static Normalized OfDelivery(Callback callback)
    {
        var body = callback.Body;
        var messageId = body.Id("messageId") ?? body.Required("id");
        var status = body.Id("status") switch
        {
            // "The event may include" status, error and code: an error alone is a failure too.
            null => body.Has("error") ? ReceiptStatuses.Failed : ReceiptStatuses.Sent,
            "ERROR" => ReceiptStatuses.Failed,
            "SENT" => ReceiptStatuses.Sent,
            _ => null,
        };
        if (status is null)
            body.Reject("status", QuarantineReasons.UnknownStatus);
        if (messageId.Length > LongestId)
            body.Reject("messageId", QuarantineReasons.InvalidValue);
        return callback.Findings.First is { } finding ? new([], finding) : Normalized.Of(Receipt(callback, messageId, status!));
    }

    /// <summary>One status for several messages: one receipt each.</summary>
    public static Normalized OfStatus(Callback callback)
    {
        var body = callback.Body;
        var given = body.Required("status");
        var status = given switch
        {
            "SENT" => ReceiptStatuses.Sent,
            "RECEIVED" => ReceiptStatuses.Delivered,
            "READ" or "PLAYED" => ReceiptStatuses.Read,
            "ERROR" => ReceiptStatuses.Failed,
            _ => null,
        };
        if (status is null && given != "READ_BY_ME")
            body.Reject("status", QuarantineReasons.UnknownStatus);
        var ids = MessageIds(body);
        if (callback.Findings.First is { } finding)
            return new([], finding);
        if (body.IsTrue("isGroup"))
            return Normalized.Nothing("group");
        return status is null ? Normalized.Nothing("read_by_me")
            : ids.Count == 0 ? Normalized.Nothing("no_ids")
            : new([.. ids.Select(id => Receipt(callback, id, status))], null);
    }

    private static List<string> MessageIds(Fields body)
    {
        if (body.Elements("ids") is not { } elements)
        {
            body.Reject("ids", body.Has("ids") ? QuarantineReasons.InvalidValue : QuarantineReasons.MissingField);
            return [];
        }
        var ids = elements.Select(element => Strings.TryRead(element, out var id) ? PlainText.Token(id) : null).OfType<string>().Distinct().ToList();
        if ((ids.Count == 0 && elements.Count > 0) || elements.Count > MostIds || ids.Exists(id => id.Length > LongestId))
            body.Reject("ids", QuarantineReasons.InvalidValue);
        return ids;
    }

    private static GatewayReceipt Receipt(Callback callback, string messageId, string status)
    {
        var failed = status == ReceiptStatuses.Failed;
        return new()
        {
            ReceiptId = callback.IdFor(messageId),
            StoreId = callback.Webhook.StoreId,
            InstanceId = callback.InstanceId,
            GatewayMessageId = messageId,
            Status = status,
            OccurredAt = callback.OccurredAt,
            ErrorCode = failed && callback.Body.Integer("statusCode") is >= int.MinValue and <= int.MaxValue and { } code ? (int)code : null,
            Error = failed ? PlainText.Line(callback.Body.Raw("error"), ErrorLength) : null,
        };
    }
}
