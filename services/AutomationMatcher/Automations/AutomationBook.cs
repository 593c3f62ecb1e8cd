using System.Text.Json;
using Recado.Platform.Bootstrap;
using Recado.Platform.Hosting;

namespace Recado.AutomationMatcher.Automations;

/// <summary>The automations of every store, in the version that starts new journeys and in those that still run.</summary>
public sealed class AutomationBook(MatcherDatabase database, BootstrapBundle bundle, ILogger<AutomationBook> log)
    : Snapshot<AutomationBook.Automations>(log)
{
    private sealed record BundledStore(string Id, IReadOnlyList<AutomationDefinition>? Automations = null);

    /// <summary>As last read.</summary>
    public sealed class Automations(IEnumerable<(string StoreId, bool Active, Automation Automation)> all)
    {
        private readonly ILookup<string, Automation> _active = all.Where(row => row.Active).ToLookup(row => row.StoreId, row => row.Automation);

        private readonly Dictionary<(string, string, int), Automation> _versions =
            all.ToDictionary(row => (row.StoreId, row.Automation.Id, row.Automation.Version), row => row.Automation);

        /// <summary>What starts journeys in a store today.</summary>
        public IReadOnlyList<Automation> Of(string store) => [.. _active[store]];

        /// <summary>The version that a journey runs on.</summary>
        /// <exception cref="TimeoutException">A replica took in a new bundle seconds ago and this process has not read it yet: try again.</exception>
        public Automation Version(string store, string automation, int version) =>
            _versions.GetValueOrDefault((store, automation, version))
            ?? throw new TimeoutException($"Version {version} of automation {automation} is not known here yet.");
    }

    /// <inheritdoc/>
    protected override async Task ImportAsync(CancellationToken cancellation)
    {
        foreach (var store in bundle.Stores<BundledStore>().Where(store => store.Automations is not null))
        {
            foreach (var definition in store.Automations!)
                _ = definition.ToAutomation(version: 0); // says what is wrong before anything is changed
            if (store.Automations!.CountBy(definition => definition.Id).FirstOrDefault(pair => pair.Value > 1) is { Key: not null } twice)
                throw new CannotStartException($"store '{store.Id}' in the bundle has two automations '{twice.Key}'.");
            await database.InTransactionAsync(async transaction =>
            {
                await transaction.ExecuteAsync("update automations set active = false where store_id = @store", cancellation, ("store", store.Id));
                transaction.WriteEach(
                    """
                    insert into automations (store_id, automation_id, version, definition, active)
                    select @store, @id, coalesce(max(version), 0) + 1, @definition, true from automations
                    where store_id = @store and automation_id = @id
                    having not exists (select 1 from automations where store_id = @store and automation_id = @id and definition = @definition)
                    on conflict do nothing
                    """,
                    store.Automations!, definition => Arguments(store.Id, definition));
                transaction.WriteEach(
                    "update automations set active = true where store_id = @store and automation_id = @id and definition = @definition",
                    store.Automations!, definition => Arguments(store.Id, definition));
            }, cancellation);
        }
    }

    private static (string, object?)[] Arguments(string store, AutomationDefinition definition) =>
        [("store", store), ("id", definition.Id), ("definition", JsonSerializer.Serialize(definition))];

    /// <inheritdoc/>
    protected override async Task<Automations> LoadAsync(CancellationToken cancellation) => new(await database.QueryAsync(
        "select store_id, active, version, definition from automations",
        row => (row.GetString(0), row.GetBoolean(1), JsonSerializer.Deserialize<AutomationDefinition>(row.GetString(3))!.ToAutomation(row.GetInt32(2))),
        cancellation));
}
