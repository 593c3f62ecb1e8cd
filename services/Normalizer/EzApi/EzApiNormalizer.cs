using System.Text.Json;
using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi;

/// <summary>Callbacks of the WhatsApp gateway (ezapi-webhooks.txt): <c>type</c> tells them apart.</summary>
public sealed class EzApiNormalizer : ISourceNormalizer
{
    public string Source => Sources.EzApi;

    public Normalized Normalize(WebhookReceived webhook, JsonElement root)
    {
        var findings = new Findings();
        var body = new Fields(root, findings);
        var type = body.Required("type");
        var instance = body.Required("instanceId");
        // Callbacks carry no signature: the secret path and the instance must agree.
        if (instance != webhook.Channel)
            body.Reject("instanceId", QuarantineReasons.InstanceMismatch);
        if (findings.First is { } finding)
            return new([], finding);
        var callback = new Callback(webhook, instance, body, findings);
        return type switch
        {
            "ReceivedCallback" => Received.Normalize(callback),
            "DeliveryCallback" => Receipts.OfDelivery(callback),
            "MessageStatusCallback" => Receipts.OfStatus(callback),
            "ConnectedCallback" => Connection.Normalize(callback, connected: !body.IsFalse("connected")),
            "DisconnectedCallback" => Connection.Normalize(callback, connected: body.IsFalse("disconnected")),
            "PresenceChatCallback" => Presence.Normalize(callback),
            _ => Normalized.Quarantined(QuarantineReasons.UnknownType, "type"),
        };
    }
}
