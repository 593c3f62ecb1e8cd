namespace Recado.GatewayEmulator.Sending;

/// <summary>One <c>send-…</c> route of the gateway.</summary>
/// <param name="Kind">The route without <c>send-</c>, for example <c>button-otp</c>.</param>
/// <param name="Required">Fields at the top of the body that must be texts with something in them.</param>
public sealed record SendAction(string Kind, params string[] Required)
{
    /// <summary>Every action, by the gateway's documents.</summary>
    public static IReadOnlyList<SendAction> All { get; } =
    [
        new("text", "phone", "message"),
        new("image", "phone", "image") { TextField = "caption" },
        new("document", "phone", "document") { TextField = "caption", RouteTail = "/{extension}" },
        new("link", "phone", "message", "image", "linkUrl", "title", "linkDescription"),
        new("button-list", "phone", "message"),
        new("button-actions", "phone", "message"),
        new("button-otp", "phone", "message", "code"),
        new("option-list", "phone", "message"),
    ];

    /// <summary>The field that holds what the customer reads.</summary>
    public string TextField { get; init; } = "message";

    /// <summary>What follows <c>send-…</c> in the route.</summary>
    public string RouteTail { get; init; } = "";

    public string Route => $"/send-{Kind}{RouteTail}";
}
