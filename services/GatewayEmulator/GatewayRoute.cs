namespace Recado.GatewayEmulator;

/// <summary>
/// What all routes of the gateway have in common: the header <c>Client-Token</c> (any value is good, none is not) and
/// the instance in the path. They are plain request delegates: a route handler is compiled when the first request
/// comes, and with two prefixes there are some forty of them.
/// </summary>
internal static class GatewayRoute
{
    /// <param name="answer">Gets the instance id.</param>
    public static RequestDelegate Of(Func<HttpContext, string, Task<IResult>> answer) => async context =>
    {
        var result = string.IsNullOrWhiteSpace(context.Request.Headers["Client-Token"])
            ? Answers.Error(StatusCodes.Status400BadRequest, "null not allowed")
            : await answer(context, Value(context, "instanceId"));
        await result.ExecuteAsync(context);
    };

    /// <summary>A part of the path.</summary>
    public static string Value(HttpContext context, string name) => (string)context.GetRouteValue(name)!;
}
