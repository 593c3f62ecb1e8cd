namespace Recado.Tests.Benchmarks.Bare;

/// <summary>A queue, and how long its messages are: as the suite's are on average for the same events.</summary>
/// <param name="WireName">As the suite names the message.</param>
/// <param name="Bytes">Of a body, at least.</param>
public sealed record Hop(string Queue, string WireName, int Bytes)
{
    public static readonly Hop WebhookReceived = new("normalizer.webhook-received", "recado.webhook-received", 460);
    public static readonly Hop CommerceEvent = new("automation-matcher.commerce-event", "recado.commerce-event", 1015);
    public static readonly Hop GatewayReceipt = new("whatsapp-dispatcher.gateway-receipt", "recado.gateway-receipt", 210);
    public static readonly Hop MessageRequested = new("template-renderer.message-requested", "recado.message-requested", 1345);
    public static readonly Hop MessageRendered = new("whatsapp-dispatcher.message-rendered", "recado.message-rendered", 643);
    public static readonly Hop StatusChanged = new("automation-matcher.message-status-changed", "recado.message-status-changed", 330);

    public static readonly IReadOnlyList<Hop> All = [WebhookReceived, CommerceEvent, GatewayReceipt, MessageRequested, MessageRendered, StatusChanged];
}
