using System.Globalization;
using Recado.Platform.Hosting;

namespace Recado.Normalizer.Quarantine;

/// <summary>The quarantine from the command line, of one store or of all: the same list and the same replay as over HTTP, never a body.</summary>
internal static class QuarantineVerb
{
    private const string Usage = "list|replay [--store S] [--source wiapy] [--reason unknown_status] [--since 2026-01-31T00:00:00Z] [--limit 50] [--id ID]";
    private const int UsualLimit = 50;
    private const int GreatestLimit = 1000;

    private static readonly string[] Filters = ["source", "reason", "since"];

    public static readonly Verb Verb = new("quarantine", Usage, "Lists what was not understood, without payloads, or tries it again; replay takes at least one filter, or an id.", RunAsync);

    private static Task RunAsync(IServiceProvider services, VerbLine line)
    {
        var database = services.GetRequiredService<NormalizerDatabase>();
        var filter = FilterOf(line);
        return line.Words switch
        {
            ["list"] when line.Value("id") is null => ListAsync(database, filter, line),
            ["replay"] when line.Value("id") is { } id => ReplayOneAsync(database, id, services.GetRequiredService<TimeProvider>(), line),
            ["replay"] when line.Value("limit") is not null => throw line.Wrong("replay takes no --limit."),
            ["replay"] => ReplayManyAsync(database, filter, services.GetRequiredService<TimeProvider>(), line),
            _ => throw line.Wrong($"is used so: {Usage}"),
        };
    }

    private static QuarantineFilter FilterOf(VerbLine line)
    {
        var errors = new Dictionary<string, string[]>();
        var filter = QuarantineFilter.Read(line.Value("source"), line.Value("reason"), line.Value("since"), null, errors);
        if (errors.Count == 0)
            return filter;
        // Over HTTP the time is called from.
        var (name, what) = errors.First();
        throw line.Wrong($"--{(name is "from" or "to" ? "since" : name)}: {what[0]}");
    }

    private static async Task ListAsync(NormalizerDatabase database, QuarantineFilter filter, VerbLine line)
    {
        var limit = UsualLimit;
        if (line.Value("limit") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > GreatestLimit))
            throw line.Wrong($"--limit: Give a number from 1 to {GreatestLimit}.");
        var listed = 0;
        foreach (var store in await StoresAsync(database, line))
        {
            var items = await ListQuarantine.ReadAsync(database, store, filter, Cursor.Last, limit - listed, CancellationToken.None);
            foreach (var item in items)
                Console.WriteLine($"{item.WebhookId} {store} {item.Source} {item.Reason} {item.Field ?? "-"}, {item.ReceivedAt:u}, {item.State}");
            listed += items.Count;
        }
        Console.WriteLine($"{listed} listed{(listed == limit ? ", perhaps there are more" : "")}");
    }

    private static async Task ReplayManyAsync(NormalizerDatabase database, QuarantineFilter filter, TimeProvider time, VerbLine line)
    {
        if (line.Value("store") is null && Filters.All(option => line.Value(option) is null))
            throw line.Wrong("replay takes --id, or at least one of --store, --source, --reason and --since.");
        foreach (var store in await StoresAsync(database, line))
        {
            var rows = new ReplayRows(database.Of(store), store, time, CancellationToken.None);
            var total = new ReplayCounts(0, 0, 0, 0);
            var cursor = Cursor.First;
            while (true)
            {
                var some = await rows.ByFilterAsync(filter, cursor);
                total = total with { Replayed = total.Replayed + some.Replayed, StillQuarantined = total.StillQuarantined + some.StillQuarantined, Refused = total.Refused + some.Refused };
                // Where it stands still, another replay holds what is left.
                if (some.Next is null || !Cursor.TryParse(some.Next, out var next) || next == cursor)
                    break;
                cursor = next;
            }
            Tell(store, total);
        }
    }

    private static async Task ReplayOneAsync(NormalizerDatabase database, string text, TimeProvider time, VerbLine line)
    {
        if (!Guid.TryParse(text, out var id))
            throw line.Wrong("--id: Give the id of a webhook.");
        if (Filters.Any(option => line.Value(option) is not null))
            throw line.Wrong("replay takes either --id or filters.");
        var holders = await database.QueryAsync("select store_id from quarantine where webhook_id = @id", row => row.GetString(0), CancellationToken.None, ("id", id));
        if (holders is not [var store] || (line.Value("store") ?? store) != store)
            throw line.Wrong("replay: no such webhook is in quarantine there.");
        Tell(store, await new ReplayRows(database.Of(store), store, time, CancellationToken.None).ByIdAsync([id]));
    }

    private static void Tell(string store, ReplayCounts counts) =>
        Console.WriteLine($"{store}: {counts.Replayed} replayed, {counts.StillQuarantined} still quarantined, {counts.Refused} refused");

    private static async Task<IReadOnlyList<string>> StoresAsync(NormalizerDatabase database, VerbLine line) =>
        line.Value("store") is { } store
            ? [store]
            : await database.QueryAsync("select distinct store_id from quarantine order by store_id", row => row.GetString(0), CancellationToken.None);
}
