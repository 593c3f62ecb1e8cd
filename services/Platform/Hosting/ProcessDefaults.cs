using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.Platform.Hosting;

/// <summary>What every process of Recado starts from.</summary>
internal static class ProcessDefaults
{
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting"] = "Information",
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical", // what keeps a process from starting is said in one sentence
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Critical", // the probe is told, and what is wrong has lines of its own
        ["Logging:LogLevel:MassTransit"] = "Warning",
        ["Logging:Console:FormatterName"] = "json",
        ["Logging:Console:FormatterOptions:IncludeScopes"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-ddTHH:mm:ss.fffZ",
    };

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = Flags(args),
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = Defaults });
        builder.Logging.ClearProviders().AddConsole(console => console.FormatterName = builder.Configuration["Logging:Console:FormatterName"]);
        builder.Services.AddWebServer();
        builder.Services.AddQuietCategories();
        builder.Services.AddSingleton<IExternalScopeProvider, SafeScopes>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
        builder.Services.AddSingleton(new DatabaseClock(TimeProvider.System));
        builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseClock>());
        builder.Services.AddProblems();
        builder.Services.AddOpenApi();
        return builder;
    }

    /// <summary><c>--demo</c> alone means <c>--demo=true</c>.</summary>
    private static string[] Flags(string[] args) =>
    [
        .. args.Select((arg, i) =>
            arg.StartsWith("--", StringComparison.Ordinal) && !arg.Contains('=', StringComparison.Ordinal)
                && (i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal))
                ? arg + "=true"
                : arg),
    ];
}
