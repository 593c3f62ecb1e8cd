using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Recado.Platform.Bus;
using Recado.Platform.Data;

namespace Recado.Platform.Hosting;

/// <summary>Alive means the process answers; ready means it can do its work now.</summary>
internal static class Health
{
    // MassTransit adds checks of its own; ours carry this tag.
    private const string Tag = "recado";

    public static void AddHealth(IServiceCollection services, bool needsBus)
    {
        var checks = services.AddHealthChecks();
        if (services.Any(service => service.ServiceType == typeof(Database)))
            checks.AddCheck<DatabaseCheck>("database", tags: [Tag]);
        // Nothing that Ingest listens to is urgent: it goes on accepting while the broker is away.
        if (needsBus)
            checks.AddCheck<BusCheck>("bus", tags: [Tag]);
    }

    public static void MapHealth(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Tag) });
    }

    private sealed class DatabaseCheck(IEnumerable<Database> databases) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            foreach (var database in databases)
                await database.QueryAsync("select 1", row => row.GetInt32(0), cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }

    private sealed class BusCheck(Publisher publisher) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(publisher.Ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
    }
}
