using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Recado.Platform.Hosting;

/// <summary>What goes wrong under <c>/api</c> is told as problem details with a stable <c>code</c>, also where the framework answers.</summary>
internal static class Problems
{
    public static void AddProblems(this IServiceCollection services) => services.AddProblemDetails(options =>
        options.CustomizeProblemDetails = context => context.ProblemDetails.Extensions.TryAdd("code", CodeOf(context.HttpContext.Response.StatusCode)));

    /// <summary>Gives 404, 405 and their like a body. Not elsewhere: the emulator answers as the gateway does.</summary>
    public static void UseProblems(this IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal), api => api.UseStatusCodePages());

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status500InternalServerError => "internal_error",
        _ => $"http_{status}",
    };
}
