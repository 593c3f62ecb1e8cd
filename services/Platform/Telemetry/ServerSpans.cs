using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Recado.Platform.Telemetry;

/// <summary>
/// Names the server's spans by route and gives them their status, which .NET 10 leaves out. The path itself goes: a token
/// may stand in it, also where it is misspelt and leads to no route.
/// </summary>
internal sealed class ServerSpans(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Probes come every few seconds and say nothing; what they cause is not recorded either.
        if (http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) && http.Features.Get<IHttpActivityFeature>()?.Activity is { } probe)
            (probe.IsAllDataRequested, probe.ActivityTraceFlags) = (false, System.Diagnostics.ActivityTraceFlags.None);
        await next(http);
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
            return;
        span.SetTag("url.path", null);
        span.SetTag("url.query", null);
        if (http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            span.DisplayName = $"{http.Request.Method} {route}";
            span.SetTag("http.route", route);
        }
        span.SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.Response.StatusCode >= 500)
            span.SetStatus(System.Diagnostics.ActivityStatusCode.Error);
    }
}
