using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;

namespace Recado.Platform.Hosting;

/// <summary>Before anything else starts: the database answers, keeps what it confirms, and has every migration.</summary>
internal sealed class SchemaCheck(Database database, DatabaseClock clock, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<SchemaCheck> log) : IPreparation
{
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await FirstContact.MakeAsync(database, options.Value.DatabaseWait, log, cancellation);
        if (await database.Engine.DurabilityFaultAsync(cancellation) is { } fault)
            throw new CannotStartException(fault);
        await clock.ReadAsync(database.Engine, cancellation);
        var migrations = new Migrations(database, options.Value.RuntimeRole);
        if (options.Value.MigrateOnStart)
            await migrations.ApplyAsync(time.GetUtcNow(), cancellation);
        else if (await migrations.PendingAsync(cancellation) is { Count: > 0 } pending)
            throw new CannotStartException($"migrations are pending ({string.Join(", ", pending)}): run this service once with the verb 'migrate'.");
        if (await database.Engine.IsAboveWallAsync(cancellation))
            log.LogWarning("{Schema}: the database user is a superuser or bypasses row level security, so nothing but the queries keeps stores apart", database.Schema);
    }
}
