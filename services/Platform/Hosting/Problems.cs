using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Recado.Platform.Data;

namespace Recado.Platform.Hosting;

/// <summary>What goes wrong under <c>/api</c> is told as problem details with a stable <c>code</c>, also where the framework answers.</summary>
internal static class Problems
{
    public static void AddProblems(this IServiceCollection services) => services.AddProblemDetails(options =>
        options.CustomizeProblemDetails = context =>
        {
            var response = context.HttpContext.Response;
            context.ProblemDetails.Extensions.TryAdd("code", CodeOf(response.StatusCode));
            if (response.StatusCode == StatusCodes.Status503ServiceUnavailable)
                response.Headers.RetryAfter = "1";
        });

    /// <summary>What nobody caught: an outage passes, so the caller is asked to come again; everything else is our fault.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode, // an IOException as well, but the sender's
        _ => Outage.Is(exception) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
    };

    /// <summary>Gives 404, 405 and their like a body. Not elsewhere: the emulator answers as the gateway does.</summary>
    public static void UseProblems(this IApplicationBuilder app) =>
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
