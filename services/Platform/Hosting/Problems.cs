using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Recado.Platform.Data;

namespace Recado.Platform.Hosting;

/// <summary>What goes wrong under <c>/api</c> is told as problem details with a stable <c>code</c>, also where the framework answers.</summary>
public static class Problems
{
    /// <summary>An answer about the whole request.</summary>
    /// <param name="code">Stable, for programs; the title is for people.</param>
    public static IResult Of(int status, string code, string title) => TypedResults.Problem(statusCode: status, title: title, extensions: [new("code", code)]);

    /// <summary>400; each wrong field or parameter with what is expected of it.</summary>
    public static IResult Invalid(string code, string title, Dictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(errors, title: title, extensions: [new("code", code)]);

    internal static void AddProblems(this IServiceCollection services) => services.AddProblemDetails(options =>
        options.CustomizeProblemDetails = context =>
        {
            var response = context.HttpContext.Response;
            context.ProblemDetails.Extensions.TryAdd("code", CodeOf(response.StatusCode));
            if (context.HttpContext.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
                context.ProblemDetails.Extensions["traceId"] = span.TraceId.ToString(); // as in the header; the framework would tell more
            if (response.StatusCode == StatusCodes.Status503ServiceUnavailable)
                response.Headers.RetryAfter = "1";
        });

    /// <summary>What nobody caught: an outage passes, so the caller is asked to come again; everything else is our fault.</summary>
    internal static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode, // an IOException as well, but the sender's
        _ => Outage.Is(exception) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
    };

    /// <summary>Gives 404, 405 and their like a body. Not elsewhere: the emulator answers as the gateway does.</summary>
    internal static void UseProblems(this IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal), api => api.UseStatusCodePages());

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status500InternalServerError => "internal_error",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        _ => $"http_{status}",
    };
}
