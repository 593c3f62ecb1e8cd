using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Recado.AutomationMatcher;
using Recado.GatewayEmulator;
using Recado.Ingest;
using Recado.Normalizer;
using Recado.Platform;
using Recado.Standalone;
using Recado.TemplateRenderer;
using Recado.Tests.Infrastructure;
using Recado.WhatsAppDispatcher;

namespace Recado.Tests.EndToEnd;

/// <summary>All services in the test's own process, on embedded defaults, with a clock that the test may hold.</summary>
public sealed class StandaloneRecado : RunningRecado
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private StandaloneRecado(WebApplication app, string address, ManualTimeProvider? time)
    {
        (_app, Time) = (app, time);
        _http = new HttpClient { BaseAddress = new Uri(address) };
        Gateway = new GatewayMessages(_http);
    }

    public override HttpClient Ingest => _http;
    public override HttpClient Timelines => _http;
    public override GatewayMessages Gateway { get; }

    /// <summary>The clock, when the test holds it.</summary>
    public ManualTimeProvider? Time { get; }

    public static async Task<StandaloneRecado> StartAsync(double timeScale = 1, ManualTimeProvider? time = null, string? database = null, string? bootstrap = null, string[]? settings = null)
    {
        var address = $"http://127.0.0.1:{Ports.Free()}";
        database ??= Path.Combine(RunFolder.New("standalone"), "recado.db");
        string[] args =
        [
            $"--Urls={address}", "--Broker=memory", $"--Database=Data Source={database}", "--MigrateOnStart=true",
            $"--Bootstrap={bootstrap ?? Path.Combine(ServiceProcess.RepositoryRoot, "deploy", "bootstrap", "demo.json")}",
            $"--TimeScale={timeScale.ToString(System.Globalization.CultureInfo.InvariantCulture)}", "--Logging:LogLevel:Default=Warning",
            .. settings ?? [],
        ];
        var app = ServiceHost.Build(args, services => Replace(services, time), new StandaloneService(), new IngestService(), new NormalizerService(),
            new AutomationMatcherService(), new TemplateRendererService(), new WhatsAppDispatcherService(), new GatewayEmulatorService());
        await ServiceHost.PrepareAsync(app);
        await app.StartAsync();
        var recado = new StandaloneRecado(app, address, time);
        await Until.TrueAsync(async () => (await recado._http.GetAsync("/health/ready")).IsSuccessStatusCode, Soon, "Standalone is ready");
        return recado;
    }

    private static void Replace(IServiceCollection services, ManualTimeProvider? time)
    {
        if (time is not null)
            services.AddSingleton<TimeProvider>(time);
    }

    public override async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _http.Dispose();
    }
}
