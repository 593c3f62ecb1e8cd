using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recado.Platform;
using Recado.Platform.Data;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>Services in this process, composed as in production: migrated and loaded, and started where a test needs that.</summary>
public sealed class HostInProcess : IAsyncDisposable
{
    private readonly WebApplication app;

    private HostInProcess(WebApplication app) => this.app = app;

    /// <summary>The address of a started host.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <param name="database">As the setting takes it.</param>
    /// <param name="broker">Likewise.</param>
    /// <param name="time">Replaces the clock.</param>
    /// <param name="machine">Replaces the clocks of the machine, which the database's goes before.</param>
    /// <param name="log">Hears what Recado itself says from information on; without it nobody does.</param>
    /// <param name="settings">Further settings by name.</param>
    public static async Task<HostInProcess> PrepareAsync(
        IService service, string database, string broker = "memory", TimeProvider? time = null, TimeProvider? machine = null, ILoggerProvider? log = null,
        params (string Name, string Value)[] settings)
    {
        string[] arguments =
        [
            $"--Broker={broker}", $"--Database={database}", "--MigrateOnStart=true", "--Urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None",
            $"--Secrets:Key={TestKey.Value}", "--Dispatcher:AllowPrivateGateways=true",
            .. settings.Select(setting => $"--{setting.Name}={setting.Value}"),
        ];
        var app = ServiceHost.Build(arguments, services =>
        {
            if (time is not null)
                services.AddSingleton(time);
            if (machine is not null)
                services.AddSingleton(new DatabaseClock(machine));
            if (log is not null)
                services.AddLogging(logging => logging.AddProvider(log).AddFilter("Recado", LogLevel.Information));
        }, service);
        await ServiceHost.PrepareAsync(app);
        return new(app);
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public Task StartAsync() => app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await app.StopAsync(deadline.Token);
        await app.DisposeAsync();
    }
}
