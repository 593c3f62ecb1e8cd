using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;

namespace Recado.Platform.Hosting;

/// <summary>Before anything else starts: the database answers, keeps what it confirms, and has every migration.</summary>
internal sealed class SchemaCheck(Database database, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<SchemaCheck> log) : IHostedLifecycleService
{
    // A database that starts beside the service gets a minute.
    private const int Attempts = 60;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var fault = await WhenReachableAsync(() => database.Engine.DurabilityFaultAsync(cancellationToken), cancellationToken);
        if (fault is not null)
            throw new CannotStartException(fault);
        var migrations = new Migrations(database);
        if (options.Value.MigrateOnStart)
            await migrations.ApplyAsync(time.GetUtcNow(), cancellationToken);
        else if (await migrations.PendingAsync(cancellationToken) is { Count: > 0 } pending)
            throw new CannotStartException($"migrations are pending ({string.Join(", ", pending)}): run this service once with the verb 'migrate'.");
    }

    private async Task<T> WhenReachableAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (Exception exception) when (Outage.Is(exception))
            {
                if (attempt == Attempts)
                    throw new CannotStartException($"the database does not answer: {exception.Message}");
                log.LogWarning("The database does not answer yet: {Error}", exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
