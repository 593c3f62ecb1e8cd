using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi;

/// <summary>A callback whose instance has been checked.</summary>
internal sealed record Callback(WebhookReceived Webhook, string InstanceId, Fields Body, Findings Findings)
{
    private const long FirstMillisecond = 100_000_000_000;
    private static readonly DateTimeOffset WhatsAppBegan = new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// <c>momment</c> (sic): milliseconds by the document, seconds from some gateways of the same dialect, told apart by
    /// magnitude (no time of WhatsApp is ambiguous). The arrival where there is none or it is implausible.
    /// </summary>
    public DateTimeOffset OccurredAt
    {
        get
        {
            var latest = Webhook.ReceivedAt.AddDays(1);
            if (Body.Integer("momment") is not { } moment || moment <= 0 || moment > latest.ToUnixTimeMilliseconds())
                return Webhook.ReceivedAt;
            var instant = moment < FirstMillisecond ? DateTimeOffset.FromUnixTimeSeconds(moment) : DateTimeOffset.FromUnixTimeMilliseconds(moment);
            return instant >= WhatsAppBegan && instant <= latest ? instant : Webhook.ReceivedAt;
        }
    }

    /// <summary>The id of what was said about one message of the gateway.</summary>
    public Guid IdFor(string gatewayMessageId) => DeterministicId.Of(Webhook.WebhookId.ToString(), gatewayMessageId);
}
