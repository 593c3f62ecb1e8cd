using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;
using Recado.Platform.DeadLetters;
using Recado.Platform.Outbox;

namespace Recado.Platform.Hosting;

/// <summary>What a service can do besides serving: <c>dotnet Recado.Ingest.dll migrate</c>. (<see cref="HealthCheckVerb"/> comes before all of this.)</summary>
internal static class Verbs
{
    public static Func<IServiceProvider, IConfiguration, Task>? Find(string verb) => verb switch
    {
        "migrate" => MigrateAsync,
        "replay" => ReplayAsync,
        "dead-letters" => DeadLettersAsync,
        _ when verb.StartsWith('-') => null,
        _ => throw new CannotStartException($"'{verb}' is not a verb: use migrate, or replay --since 2026-01-31T00:00:00Z, or dead-letters, or healthcheck, or nothing to serve."),
    };

    private static async Task MigrateAsync(IServiceProvider services, IConfiguration configuration)
    {
        var options = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("migrate");
        foreach (var database in services.GetServices<Database>())
        {
            await FirstContact.MakeAsync(database, options.DatabaseWait, log, CancellationToken.None);
            var applied = await new Migrations(database, options.RuntimeRole).ApplyAsync(DateTimeOffset.UtcNow, CancellationToken.None);
            Console.WriteLine($"{database.Schema}: {(applied.Count == 0 ? "nothing to migrate" : "applied " + string.Join(", ", applied))}");
        }
    }

    /// <summary>Lists them; with <c>--requeue all</c> or <c>--requeue ID</c> publishes them again.</summary>
    private static async Task DeadLettersAsync(IServiceProvider services, IConfiguration configuration)
    {
        var requeue = configuration["requeue"];
        if (requeue is not (null or "all") && !Guid.TryParse(requeue, out _))
            throw new CannotStartException("dead-letters takes --requeue all, or --requeue with the id of one.");
        foreach (var database in services.GetServices<Database>())
        {
            foreach (var letter in await database.DeadLettersAsync(CancellationToken.None))
                Console.WriteLine($"{letter.Id} {letter.Queue} {letter.Reason} ({letter.Error}), {letter.DiedAt:u}, {letter.Times} time(s), message {letter.MessageId?.ToString() ?? "unknown"}{(letter.RequeuedAt is null ? "" : ", requeued")}");
            if (requeue is not null)
                Console.WriteLine($"{database.Schema}: {await database.RequeueAsync(requeue == "all" ? null : Guid.Parse(requeue), DateTimeOffset.UtcNow, CancellationToken.None)} dead letters will be published again");
        }
    }

    private static async Task ReplayAsync(IServiceProvider services, IConfiguration configuration)
    {
        if (!DateTimeOffset.TryParse(configuration["since"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var since))
            throw new CannotStartException("replay needs --since with a time, for example --since 2026-01-31T00:00:00Z.");
        foreach (var database in services.GetServices<Database>())
            Console.WriteLine($"{database.Schema}: {await database.RepublishAsync(since, DateTimeOffset.UtcNow, CancellationToken.None)} messages will be published again");
    }
}
