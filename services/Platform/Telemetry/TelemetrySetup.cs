using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Recado.Platform.Hosting;

namespace Recado.Platform.Telemetry;

/// <summary>Traces, metrics and logs over OTLP, switched on by the standard <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
internal static class TelemetrySetup
{
    // Recado's own spans, and those that .NET and Npgsql make. Not MassTransit's: it no longer sends, and has two for each message that comes.
    private static readonly string[] Sources = [Spans.SourceName, "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    private static readonly string[] Meters =
        [Spans.SourceName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "MassTransit", "Npgsql", "System.Runtime"];

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration, string serviceName)
    {
        // Without this switch .NET 10 gives its HTTP server spans no attributes.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        services.AddSettings<TracingOptions>("Tracing");
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        services.AddSingleton(provider => OpenTelemetrySdk.Create(telemetry => telemetry
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? serviceName))
            .WithTracing(tracing => Choose(tracing.AddSource(Sources), provider.GetRequiredService<IOptions<TracingOptions>>().Value))
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithLogging()
            .UseOtlpExporter()));
        services.AddSingleton<ILoggerProvider>(provider => new OtlpLogs(provider.GetRequiredService<OpenTelemetrySdk>()));
    }

    private static void Choose(TracerProviderBuilder tracing, TracingOptions options) =>
        tracing.SetSampler(new TraceRatio(options.Ratio)).AddProcessor(new KeptTraces(options.SlowFrom, new SecretsOutOfSpans()));

    /// <summary>Hands every log line to the SDK, which exports it with the trace it belongs to.</summary>
    private sealed class OtlpLogs(OpenTelemetrySdk sdk) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => sdk.GetLoggerFactory().CreateLogger(categoryName);

        public void Dispose()
        {
        }
    }
}
