using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;

namespace Recado.Platform.Hosting;

/// <summary>Before anything else starts: the database answers, keeps what it confirms, and has every migration.</summary>
internal sealed class SchemaCheck(Database database, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<SchemaCheck> log) : IPreparation
{
    // A database that starts beside the service gets a minute.
    private const int Attempts = 60;

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        var fault = await WhenReachableAsync(() => database.Engine.DurabilityFaultAsync(cancellation), cancellation);
        if (fault is not null)
            throw new CannotStartException(fault);
        var migrations = new Migrations(database, options.Value.RuntimeRole);
        if (options.Value.MigrateOnStart)
            await migrations.ApplyAsync(time.GetUtcNow(), cancellation);
        else if (await migrations.PendingAsync(cancellation) is { Count: > 0 } pending)
            throw new CannotStartException($"migrations are pending ({string.Join(", ", pending)}): run this service once with the verb 'migrate'.");
        if (await database.Engine.IsAboveWallAsync(cancellation))
            log.LogWarning("{Schema}: the database user is a superuser or bypasses row level security, so nothing but the queries keeps stores apart", database.Schema);
    }

    private async Task<T> WhenReachableAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask();
            }
            // A wrong database name or password is a mistake while nothing has ever worked: said at once.
            catch (Exception exception) when (Outage.Is(exception) && exception is not Npgsql.PostgresException { SqlState: "3D000" or "28000" or "28P01" })
            {
                if (attempt == Attempts)
                    throw new CannotStartException($"the database does not answer: {exception.Message}");
                log.LogWarning("The database does not answer yet: {Error}", exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            }
        }
    }
}
