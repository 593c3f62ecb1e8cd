using System.Net;
using System.Net.Sockets;
using Recado.Platform;
using Recado.Standalone.Demo;

namespace Recado.Standalone;

/// <summary>What one process adds to the services it holds: it is its own gateway, says how to use it, and can show itself.</summary>
public sealed class StandaloneService : IService
{
    /// <inheritdoc/>
    public string Name => "standalone";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["demo"] == "true")
            AddDemo(services, configuration);
        else
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Welcome>(provider, OwnAddress(configuration)));

        // The emulator lives in this process, whatever its address is.
        var address = OwnAddress(configuration);
        configuration["GatewayUrl"] ??= $"{address}/emulator";
        configuration["Dispatcher:AllowPrivateGateways"] ??= $"{new Uri(address).IdnHost},127.0.0.0/8,::1";
        configuration["Emulator:Callbacks:INSTANCE_1"] ??= $"{address}/webhooks/ezapi/ezapi-demo-token";
    }

    /// <summary>
    /// Where this process reaches itself. The default stands here and not in appsettings.json, which would win over
    /// ASPNETCORE_URLS.
    /// </summary>
    private static string OwnAddress(IConfiguration configuration)
    {
        if (configuration["Urls"] is null && configuration["HTTP_PORTS"] is { Length: > 0 } ports)
            return $"http://localhost:{ports.Split(';')[0]}";
        configuration["Urls"] ??= "http://localhost:8080";
        return configuration["Urls"]!.Split(';')[0].TrimEnd('/').Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal);
    }

    /// <summary>A demonstration starts from nothing, on a free port, and ten hours pass in a second: 72 h take 7.2 s.</summary>
    private static void AddDemo(IServiceCollection services, IConfiguration configuration)
    {
        var folder = Directory.CreateTempSubdirectory("recado-demo-");
        configuration["Urls"] = $"http://127.0.0.1:{FreePort()}";
        configuration["Database"] = $"Data Source={Path.Combine(folder.FullName, "demo.db")}";
        configuration["TimeScale"] = "36000";
        configuration["Logging:LogLevel:Default"] = "Warning";
        services.AddSingleton(folder);
        services.AddHostedService<DemoRun>();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
