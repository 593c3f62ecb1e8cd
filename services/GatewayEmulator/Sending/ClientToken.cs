namespace Recado.GatewayEmulator.Sending;

/// <summary>The gateway's account key: any value is good, none is not.</summary>
internal static class ClientToken
{
    public static ValueTask<object?> RequireAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        string.IsNullOrWhiteSpace(context.HttpContext.Request.Headers["Client-Token"])
            ? ValueTask.FromResult<object?>(Answers.Error(StatusCodes.Status400BadRequest, "null not allowed"))
            : next(context);
}
