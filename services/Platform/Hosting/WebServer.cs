using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Recado.Platform.Hosting;

/// <summary>What the web server takes at most, before any route is asked.</summary>
internal static class WebServer
{
    public static void AddWebServer(this IServiceCollection services)
    {
        services.AddSettings<ServerOptions>("Server");
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ServerOptions>>((kestrel, server) => Limit(kestrel, server.Value));
    }

    /// <summary>Behind trusted proxies the address of a request is that of their client.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.Networks is not { Length: > 0 } networks)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear(); // loopback, by default
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    private static void Limit(KestrelServerOptions kestrel, ServerOptions server)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 512 * 1024; // gateway callbacks; Ingest is stricter with the other sources
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 100;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(3));
        kestrel.Limits.MaxConcurrentConnections = server.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0; // nothing here is upgraded
        kestrel.Limits.Http2.MaxStreamsPerConnection = 50;
    }
}
