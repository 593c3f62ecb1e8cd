using System.Text.Json;
using Recado.Contracts;
using Recado.Ingest.Accepting;

namespace Recado.Ingest.EzApi;

/// <summary>Callbacks of the WhatsApp gateway: ezapi-webhooks.txt.</summary>
internal sealed class EzApiRoute : ISourceRoute
{
    public string Source => Sources.EzApi;

    public bool IsCallback => true;

    /// <summary>By message and, for reports about it, its state. Where a callback has no message, by its time.</summary>
    public (IdempotencyKey? Key, IResult? Invalid) Identify(HttpRequest request, JsonElement body, DateTimeOffset now, string? signedId)
    {
        var instance = body.Text("instanceId") ?? "";
        string[]? fields = body.Text("type") switch
        {
            "ReceivedCallback" when body.Text("messageId") is { } id =>
                ["received", instance, id, body.Get("fromMe").ValueKind == JsonValueKind.True ? "me" : ""],
            "DeliveryCallback" when body.Text("messageId") is { } id =>
                ["delivery", instance, id, body.Text("status") ?? "", body.Text("error") ?? ""],
            "MessageStatusCallback" when body.Get("ids") is { ValueKind: JsonValueKind.Array } ids =>
                ["status", instance, body.Text("status") ?? "", ids.GetRawText()],
            "ConnectedCallback" or "DisconnectedCallback" when body.Text("momment") is { } moment =>
                ["connection", instance, body.Text("type")!, moment],
            _ => null,
        };
        return (new(fields ?? body.BytesKey(), IdempotencyKey.Lasting, OtherBody.IsRepeat), null);
    }

    public IResult Answer(Accepted accepted) => Answers.Success;
}

/// <summary>Its address.</summary>
internal static class EzApiEndpoint
{
    private static readonly EzApiRoute Route = new();

    /// <summary><c>POST /webhooks/ezapi/{token}</c>: the gateway signs nothing, so the path is the secret.</summary>
    public static void MapEzApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/ezapi/{token}", (HttpContext http, string token, Reception reception) =>
                reception.TakeAsync(http, token, Route))
            .WithName("EzApi").WithSummary("The WhatsApp gateway reports.");
}
