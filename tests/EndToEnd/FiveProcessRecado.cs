using System.Globalization;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>Five processes on RabbitMQ and PostgreSQL.</summary>
public sealed class FiveProcessRecado(FiveProcesses processes) : RunningRecado
{
    public FiveProcesses Processes => processes;
    public override HttpClient Ingest => processes.Ingest;
    public override HttpClient Timelines => processes.Timeline;
    public override HttpClient Normalizer => processes["Normalizer"].Http;
    public override GatewayMessages Gateway => processes.Gateway;

    public static async Task<FiveProcessRecado> StartAsync(double timeScale = 1, FiveProcessesOptions? options = null)
    {
        options ??= new FiveProcessesOptions();
        return new(await FiveProcesses.StartAsync(options with
        {
            Settings = new Dictionary<string, string>(options.Settings) { ["TimeScale"] = timeScale.ToString(CultureInfo.InvariantCulture) },
        }));
    }

    public override ValueTask DisposeAsync() => processes.DisposeAsync();
}
