using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Recado.Platform.Telemetry;

/// <summary>Traces, metrics and logs over OTLP, switched on by the standard <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
internal static class TelemetrySetup
{
    // Spans of the frameworks that .NET, MassTransit and Npgsql already make, and Recado's own.
    private static readonly string[] Sources = [Spans.SourceName, "Microsoft.AspNetCore", "System.Net.Http", "MassTransit", "Npgsql"];

    private static readonly string[] Meters =
        [Spans.SourceName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "MassTransit", "Npgsql", "System.Runtime"];

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration, string serviceName)
    {
        // Without this switch .NET 10 gives its HTTP server spans no attributes.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        services.AddSingleton(_ => OpenTelemetrySdk.Create(telemetry => telemetry
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? serviceName))
            .WithTracing(tracing => tracing.AddSource(Sources).AddProcessor(new SecretsOutOfSpans()))
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithLogging()
            .UseOtlpExporter()));
        services.AddSingleton<ILoggerProvider>(provider => new OtlpLogs(provider.GetRequiredService<OpenTelemetrySdk>()));
    }

    /// <summary>Hands every log line to the SDK, which exports it with the trace it belongs to.</summary>
    private sealed class OtlpLogs(OpenTelemetrySdk sdk) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => sdk.GetLoggerFactory().CreateLogger(categoryName);

        public void Dispose()
        {
        }
    }
}
