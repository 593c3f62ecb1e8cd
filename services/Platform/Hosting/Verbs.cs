using System.Globalization;
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
    private const string Help = "help";

    private static readonly Verb[] OfEveryService =
    [
        new("migrate", "", "Applies the migrations that are pending.", MigrateAsync),
        new("replay", "--since 2026-01-31T00:00:00Z", "Publishes again everything that was sent since then and is still kept.", ReplayAsync),
        new("dead-letters", "[--requeue all | --requeue ID]", "Lists what could not be handled, or publishes it again.", DeadLettersAsync),
    ];

    /// <summary>What the command line asks for; null to serve. All of it is read before any of it is done.</summary>
    /// <exception cref="CannotStartException">It asks for nothing that there is.</exception>
    public static Func<Task>? Find(string[] args, IServiceProvider services)
    {
        if (args is not [var name, .. var rest] || name.StartsWith('-'))
            return null;
        Verb[] own = [.. services.GetServices<Verb>()];
        Verb[] all = [.. OfEveryService, .. own];
        if (name == Help)
            return () => TellAsync(all);
        var meant = all.Where(verb => verb.Name == name).ToList();
        if (meant.Count == 0)
            throw new CannotStartException($"'{name}' is not a verb: use {string.Join(", ", all.Select(verb => verb.Name).Distinct())}, {HealthCheckVerb.Name} or {Help}, or nothing to serve.");
        if (rest.Contains("--help"))
            return () => TellAsync(meant);
        var lines = meant.ConvertAll(verb => (Verb: verb, Line: VerbLine.Read(rest, verb)));
        return async () =>
        {
            if (meant.Exists(verb => own.Contains(verb)))
                await CheckSchemasAsync(services);
            foreach (var (verb, line) in lines)
                await verb.RunAsync(services, line);
        };
    }

    private static async Task TellAsync(IEnumerable<Verb> verbs)
    {
        foreach (var verb in verbs)
            await Console.Out.WriteLineAsync($"{$"{verb.Name} {verb.Usage}".TrimEnd()}\n    {verb.Help}");
    }

    private static async Task CheckSchemasAsync(IServiceProvider services)
    {
        foreach (var check in services.GetServices<IPreparation>().OfType<SchemaCheck>())
            await check.PrepareAsync(CancellationToken.None);
    }

    private static async Task MigrateAsync(IServiceProvider services, VerbLine line)
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
    private static async Task DeadLettersAsync(IServiceProvider services, VerbLine line)
    {
        var requeue = line.Value("requeue");
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

    private static async Task ReplayAsync(IServiceProvider services, VerbLine line)
    {
        if (!DateTimeOffset.TryParse(line.Value("since"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var since))
            throw new CannotStartException("replay needs --since with a time, for example --since 2026-01-31T00:00:00Z.");
        foreach (var database in services.GetServices<Database>())
            Console.WriteLine($"{database.Schema}: {await database.RepublishAsync(since, DateTimeOffset.UtcNow, CancellationToken.None)} messages will be published again");
    }
}
