using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Recado.Platform.Telemetry;

/// <summary>
/// Names the server's spans by route and gives them their status, which .NET 10 leaves out, by OpenTelemetry's semantic
/// conventions for HTTP. The path itself goes: a token may stand in it, also where it is misspelt and leads to no route.
/// Every answer tells its trace.
/// </summary>
internal sealed class ServerSpans(RequestDelegate next)
{
    /// <summary>Of every answer: the trace's id, 32 hexadecimal digits.</summary>
    public const string TraceHeader = "X-Trace-Id";

    public async Task InvokeAsync(HttpContext http)
    {
        var span = http.Features.Get<IHttpActivityFeature>()?.Activity;
        // Not at once: what handles exceptions clears the headers.
        http.Response.OnStarting(TellTraceAsync, http);
        // Probes come every few seconds and say nothing; what they cause is not recorded either.
        if (span is not null && http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            (span.IsAllDataRequested, span.ActivityTraceFlags) = (false, ActivityTraceFlags.None);
        await next(http);
        if (span is { IsAllDataRequested: true })
            Describe(span, http);
    }

    private static void Describe(Activity span, HttpContext http)
    {
        span.SetTag("url.path", null);
        span.SetTag("url.query", null);
        var method = span.GetTagItem("http.request.method") is string known and not "_OTHER" ? known : "HTTP";
        if (http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            span.DisplayName = $"{method} {route}";
            span.SetTag("http.route", route);
        }
        else
            span.DisplayName = method;
        var status = http.Response.StatusCode;
        span.SetTag("http.response.status_code", status);
        if (status >= 500)
            span.Fail(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Task TellTraceAsync(object state)
    {
        var http = (HttpContext)state;
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
            http.Response.Headers[TraceHeader] = span.TraceId.ToString();
        return Task.CompletedTask;
    }
}
