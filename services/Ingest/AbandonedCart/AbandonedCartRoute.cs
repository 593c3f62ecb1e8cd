using System.Text.Json;
using Recado.Contracts;
using Recado.Ingest.Accepting;
using Recado.Platform.Credentials;

namespace Recado.Ingest.AbandonedCart;

/// <summary>Abandoned carts and the sale webhooks of the same checkout: abandoned-cart-webhook.txt.</summary>
internal sealed class AbandonedCartRoute : ISourceRoute
{
    public string Source => Sources.AbandonedCart;

    /// <summary>
    /// A sale by token and status, and be it that it still names its cart; a cart by token and time of abandonment (the same
    /// cart can be left again).
    /// </summary>
    public (IdempotencyKey? Key, IResult? Invalid) Identify(HttpRequest request, JsonElement body, DateTimeOffset now, string? signedId)
    {
        var status = body.Text("payment_status");
        string[] fields = (body.Text("transaction_token"), body.Text("cart_token")) switch
        {
            ({ } sale, _) => ["sale", sale, status ?? ""],
            (_, { } cart) when status is null => ["cart", cart, body.Text("abandoned_at") ?? ""],
            _ => body.BytesKey(),
        };
        return (new(fields, IdempotencyKey.Lasting, OtherBody.IsKeptAside), null);
    }

    /// <summary>The document's own receiver answers a repeat with <c>already_processed</c>.</summary>
    public IResult Answer(Accepted accepted) => accepted.Outcome == Outcome.New
        ? Answers.Success
        : Answers.Json(StatusCodes.Status200OK, """{"status":"already_processed"}""");
}

/// <summary>Its addresses.</summary>
internal static class AbandonedCartEndpoint
{
    private static readonly AbandonedCartRoute Route = new();

    /// <summary><c>POST /webhooks/abandoned-cart</c> with Authorization, or with the token in the path for senders that can only be given a URL.</summary>
    public static void MapAbandonedCart(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/webhooks/abandoned-cart", (HttpContext http, Reception reception) =>
                reception.TakeAsync(http, CredentialBook.TokenOf(http.Request, bearerOnly: false), Route))
            .WithName("AbandonedCart").WithSummary("A cart was abandoned, or a sale of the same checkout changed.");
        routes.MapPost("/webhooks/abandoned-cart/{token}", (HttpContext http, string token, Reception reception) =>
                reception.TakeAsync(http, token, Route))
            .WithName("AbandonedCartByPath").WithSummary("The same, for senders that cannot set a header.");
    }
}
