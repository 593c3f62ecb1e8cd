using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi;

/// <summary>A callback whose instance has been checked.</summary>
internal sealed record Callback(WebhookReceived Webhook, string InstanceId, Fields Body, Findings Findings)
{
    /// <summary><c>momment</c> (sic); the arrival where there is none (<c>DeliveryCallback</c>) or it is implausible.</summary>
    public DateTimeOffset OccurredAt =>
        Moment.Of(Body.Integer("momment")) is { } moment && moment <= Webhook.ReceivedAt.AddDays(1) ? moment : Webhook.ReceivedAt;

    /// <summary>The id of what was said about one message of the gateway.</summary>
    public Guid IdFor(string gatewayMessageId) => DeterministicId.Of(Webhook.WebhookId.ToString(), gatewayMessageId);
}
