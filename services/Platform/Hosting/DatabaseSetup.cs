using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recado.Platform.Data;
using Recado.Platform.Outbox;
using Recado.Platform.Telemetry;

namespace Recado.Platform.Hosting;

/// <summary>Gives a service its schema, with everything that goes with one.</summary>
public static class DatabaseSetup
{
    /// <summary>Registers the schema, checks it at start, and runs its outbox.</summary>
    public static void AddDatabase<T>(this IServiceCollection services)
        where T : Database
    {
        services.AddSettings<DatabaseOptions>();
        services.AddSettings<GaugeOptions>("Gauges");
        services.AddSingleton<T>();
        services.AddSingleton<Database>(provider => provider.GetRequiredService<T>());
        services.AddSingleton<IPreparation>(Of<SchemaCheck, T>);
        services.AddHostedService<FollowDatabaseClock>(); // once a process, however many schemas it has
        services.AddHostedService<OutboxSampler>(); // likewise
        services.AddSingleton<IHostedService>(Of<FreshRelay, T>);
        services.AddSingleton<IHostedService>(Of<OutboxRelay, T>);
        services.AddSingleton<IHostedService>(Of<Retention, T>);
    }

    private static TPart Of<TPart, T>(IServiceProvider provider)
        where T : Database =>
        ActivatorUtilities.CreateInstance<TPart>(provider, provider.GetRequiredService<T>());
}
