namespace Recado.Normalizer.EzApi;

/// <summary>What the other phone is doing (<c>PresenceChatCallback</c>). It causes nothing and is counted.</summary>
/// <param name="Person">E.164 with the plus sign, or <c>…@lid</c>.</param>
/// <param name="Status"><c>available</c>, <c>unavailable</c>, <c>composing</c>, <c>paused</c>, <c>recording</c>; <c>unknown</c> for any other.</param>
/// <param name="LastSeen">UTC; the gateway gives it in seconds.</param>
public sealed record Presence(string? Person, string Status, DateTimeOffset? LastSeen)
{
    internal static Normalized Normalize(Callback callback)
    {
        var body = callback.Body;
        var status = body.Text("status") switch
        {
            "AVAILABLE" => "available",
            "UNAVAILABLE" => "unavailable",
            "COMPOSING" => "composing",
            "PAUSED" => "paused",
            "RECORDING" => "recording",
            _ => "unknown",
        };
        var presence = new Presence(WhatsAppId.Person(body.Text("phone")), status, Moment.Of(body.Integer("lastSeen")));
        return Normalized.Nothing("presence") with { Presence = presence };
    }
}
