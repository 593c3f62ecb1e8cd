using System.Text.Json;
using Recado.Contracts;
using Recado.Ingest.Accepting;
using Recado.Platform.Credentials;

namespace Recado.Ingest.Wiapy;

/// <summary>Payments of Wiapy: wiapy-webhook.txt.</summary>
internal sealed class WiapyRoute : ISourceRoute
{
    public string Source => Sources.Wiapy;

    /// <summary>
    /// Payment, status and time of change: the same payment is told again for each status, and a second decline has a
    /// new time. What has no payment id is the same only when its bytes are.
    /// </summary>
    public (IdempotencyKey? Key, IResult? Invalid) Identify(HttpRequest request, JsonElement body, DateTimeOffset now, string? signedId)
    {
        var payment = Unwrap(body).Get("payment");
        string[] fields = payment.Text("id") is { } id
            ? ["payment", id, payment.Text("status") ?? "", payment.Text("dt_update") ?? ""]
            : body.BytesKey();
        return (new(fields, IdempotencyKey.Lasting, OtherBody.IsKeptAside), null);
    }

    public IResult Answer(Accepted accepted) => Answers.Success;

    /// <summary>The document shows the payload at the root; live traffic was seen under <c>data</c>, and forwarders add <c>body</c>.</summary>
    private static JsonElement Unwrap(JsonElement root)
    {
        foreach (var candidate in (JsonElement[])[root, root.Get("data"), root.Get("body"), root.Get("body").Get("data")])
            if (candidate.Get("payment").ValueKind == JsonValueKind.Object)
                return candidate;
        return root;
    }
}

/// <summary>Its address.</summary>
internal static class WiapyEndpoint
{
    private static readonly WiapyRoute Route = new();

    /// <summary><c>POST /webhooks/wiapy</c>; the token stands raw in Authorization, without Bearer.</summary>
    public static void MapWiapy(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/wiapy", (HttpContext http, Reception reception) =>
                reception.TakeAsync(http, CredentialBook.TokenOf(http.Request, bearerOnly: false), Route))
            .WithName("Wiapy").WithSummary("A payment of Wiapy changed its status.");
}
