using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recado.Platform.Hosting;

namespace Recado.Platform.Bootstrap;

/// <summary>A small table kept in memory: read at start, again every ten seconds, and after this process changed it.</summary>
public abstract class Snapshot<T>(ILogger log) : BackgroundService, IPreparation
    where T : class
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(10);
    private T? _current;

    /// <summary>As last read.</summary>
    public T Current => _current ?? throw new InvalidOperationException("Not yet loaded.");

    /// <summary>Reads it now.</summary>
    public async Task RefreshAsync(CancellationToken cancellation) => _current = await LoadAsync(cancellation);

    /// <summary>Takes this service's part of the bundle into its tables; runs once, after the migrations.</summary>
    protected abstract Task ImportAsync(CancellationToken cancellation);

    /// <summary>Reads the tables.</summary>
    protected abstract Task<T> LoadAsync(CancellationToken cancellation);

    /// <inheritdoc/>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await ImportAsync(cancellation);
        await RefreshAsync(cancellation);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Age, stoppingToken);
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("{Snapshot} keeps its last state: {Error}", GetType().Name, exception.Message);
            }
        }
    }
}

/// <summary>Registers them.</summary>
public static class SnapshotSetup
{
    /// <summary>One instance: filled from the bundle before the start, then kept fresh.</summary>
    public static void AddSnapshot<T>(this IServiceCollection services)
        where T : class, IHostedService, IPreparation
    {
        services.TryAddSingleton<BootstrapBundle>();
        services.AddSingleton<T>();
        services.AddSingleton<IPreparation>(provider => provider.GetRequiredService<T>());
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
