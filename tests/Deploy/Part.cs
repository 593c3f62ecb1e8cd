using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Recado.AutomationMatcher;
using Recado.GatewayEmulator;
using Recado.Ingest;
using Recado.Normalizer;
using Recado.Platform;
using Recado.Platform.Bus;
using Recado.TemplateRenderer;
using Recado.Tests.Infrastructure;
using Recado.WhatsAppDispatcher;

namespace Recado.Tests.Deploy;

/// <summary>A process that is deployed, and what its code says about itself.</summary>
/// <param name="Folder">Its project, for example <c>AutomationMatcher</c>.</param>
public sealed record Part(string Folder, IService Service)
{
    public static readonly IReadOnlyList<Part> Five =
    [
        new("Ingest", new IngestService()),
        new("Normalizer", new NormalizerService()),
        new("AutomationMatcher", new AutomationMatcherService()),
        new("TemplateRenderer", new TemplateRendererService()),
        new("WhatsAppDispatcher", new WhatsAppDispatcherService()),
    ];

    public static readonly Part Emulator = new("GatewayEmulator", new GatewayEmulatorService());

    /// <summary>In kebab-case: also the name of its image, of its container and in Kubernetes.</summary>
    public string Name => Service.Name;

    /// <summary>Settings by which it starts on its own, on files.</summary>
    public IReadOnlyDictionary<string, string> Embedded() => this == Emulator ? new Dictionary<string, string>() : new Dictionary<string, string>
    {
        ["Broker"] = "memory",
        ["Database"] = $"Data Source={Path.Combine(RunFolder.New("deploy"), "recado.db")}",
        ["MigrateOnStart"] = "true",
        ["Bootstrap"] = "",
    };

    /// <summary>Composed and validated, as a process with these settings would be.</summary>
    public WebApplication Build(IEnumerable<KeyValuePair<string, string>> settings) =>
        ServiceHost.Build([.. settings.Select(each => $"--{each.Key}={each.Value}"), "--Logging:LogLevel:Default=None"], Service);

    /// <summary>The queues that it listens to.</summary>
    public async Task<IReadOnlyList<string>> QueuesAsync()
    {
        await using var app = Build(Embedded());
        return [.. Registrations().Select(each => (string)each.GetType().GetMethod("Queue")!.Invoke(each, [app.Services])!)];
    }

    /// <summary>Whether it is not ready without its broker.</summary>
    public bool NeedsBroker => Registrations().Any(each => !(bool)each.GetType().GetProperty("CanWait")!.GetValue(each)!);

    private IEnumerable<object> Registrations()
    {
        var consumers = new Consumers();
        Service.AddConsumers(consumers);
        return (IEnumerable<object>)typeof(Consumers).GetProperty("Registrations", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(consumers)!;
    }

    /// <summary>The patterns of all its routes.</summary>
    public async Task<IReadOnlyList<string>> RoutesAsync()
    {
        await using var app = Build(Embedded());
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!)];
    }

    /// <summary>How long it may take to end in good order.</summary>
    public async Task<TimeSpan> ShutdownTimeoutAsync()
    {
        await using var app = Build(Embedded());
        return app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
