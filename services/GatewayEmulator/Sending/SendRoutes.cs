using Recado.GatewayEmulator.Behaviours;

namespace Recado.GatewayEmulator.Sending;

/// <summary>Accepted means queued, not sent.</summary>
/// <param name="ZaapId">The id in the gateway's queue.</param>
/// <param name="MessageId">WhatsApp's id, which the callbacks carry.</param>
/// <param name="Id">The same as <paramref name="MessageId"/>.</param>
internal sealed record SendAnswer(string ZaapId, string MessageId, string Id);

/// <summary>The gateway's <c>send-…</c> routes.</summary>
internal static class SendRoutes
{
    public static void MapSends(this RouteGroupBuilder gateway)
    {
        foreach (var action in SendAction.All)
            gateway.MapPost(action.Route, GatewayRoute.Of((context, instanceId) => SendAsync(context, instanceId, action)));
    }

    private static async Task<IResult> SendAsync(HttpContext context, string instanceId, SendAction action)
    {
        var (body, refusal) = await Answers.ReadBodyAsync(context.Request);
        if (refusal is not null)
            return refusal;
        var (request, problem) = SendRequest.Parse(instanceId, action, body);
        return request is null
            ? Answers.Error(StatusCodes.Status400BadRequest, problem!)
            : await context.RequestServices.GetRequiredService<FaultPlayer>().AnswerAsync(request, context);
    }
}
