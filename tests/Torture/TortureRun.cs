using Recado.Tests.Infrastructure;
using Recado.Tests.Torture.Checks;
using Recado.Tests.Torture.Faults;
using Recado.Tests.Torture.Traffic;

namespace Recado.Tests.Torture;

/// <summary>One run: a world, a load on it, faults one after the other, rest, and the checks.</summary>
public sealed class TortureRun : IAsyncDisposable
{
    private readonly World world;
    private readonly Report report;
    private readonly int seed;
    private readonly Ledger ledger = new();
    private readonly Strikes strikes = new();
    private readonly CancellationTokenSource closing = new();
    private readonly CancellationTokenSource giveUp = new();
    private readonly Shoppers shoppers;
    private readonly ServiceProcess? replica;
    private readonly Sender sender;
    private readonly Load load;
    private readonly Operator quarantine;
    private readonly CrashLanes lanes;
    private readonly List<Breach> breaches = [];

    private TortureRun(World world, LoadProfile profile, int seed, Report report)
    {
        (this.world, this.seed, this.report) = (world, seed, report);
        shoppers = new Shoppers(seed, TimeProvider.System);
        replica = profile.OnlyDoubles ? world.Processes.Replica("Ingest") : null;
        sender = new Sender(world.Processes.Ingest.BaseAddress!, replica?.Http.BaseAddress, ledger, TimeProvider.System);
        load = new Load(profile, shoppers, sender, ledger, closing.Token, giveUp.Token);
        quarantine = new Operator(world, closing.Token);
        lanes = new CrashLanes(world, strikes, report, seed);
    }

    /// <summary>
    /// Starts Ingest and lets customers in before any other service has ever run: what nobody listens to yet has to wait.
    /// </summary>
    public static async Task<TortureRun> StartAsync(LoadProfile profile, string? plantedBug, int seed, Report report)
    {
        var run = new TortureRun(await World.StartAsync(plantedBug), profile, seed, report);
        report.Say("PostgreSQL, RabbitMQ and the emulator run");
        await run.strikes.DuringAsync("first start", run.OpenAsync);
        run.quarantine.Start();
        report.Say("all services run");
        return run;
    }

    private async Task OpenAsync()
    {
        await world.Processes["Ingest"].StartAsync();
        if (replica is not null)
            await replica.StartAsync();
        load.Start();
        await Task.Delay(TimeSpan.FromSeconds(3)); // its first relay meets a broker without any queue
        foreach (var service in FiveProcesses.Services.Skip(1))
            await world.Processes[service].LaunchAsync();
        await world.WaitUntilReadyAsync();
    }

    /// <summary>The faults of this world.</summary>
    public FaultCatalogue Catalogue(Random random) => new(world, strikes, random);

    /// <summary>Processes die at these points, five services side by side.</summary>
    public async Task CrashAsync(IReadOnlyCollection<CrashPoint> points)
    {
        report.Say($"{points.Count} crash points, every service in an order of its own");
        await lanes.RunAsync(points);
        foreach (var missed in lanes.Missed)
            breaches.Add(new(BreachKind.Unreached, $"{missed.Service} did not come to {missed.Name}"));
        lanes.Missed.Clear();
        report.Say($"{strikes.Kills} kills so far, {ledger.Entries.Count:N0} events told");
    }

    /// <summary>One fault strikes; whatever does not run again after it is stuck.</summary>
    public async Task StrikeAsync(Fault fault)
    {
        try
        {
            var took = await strikes.DuringAsync(fault.Name, fault.StrikeAsync);
            report.Say($"{fault.Name}: over after {took.TotalSeconds:0.0} s");
        }
        catch (TimeoutException exception)
        {
            report.Say($"{fault.Name}: not over");
            breaches.Add(new(BreachKind.Stuck, $"{fault.Name}: {exception.Message}"));
        }
    }

    /// <summary>Lets the services catch up; then load without faults, in which nothing has an excuse for being late.</summary>
    public async Task CalmAsync(TimeSpan span)
    {
        await strikes.DuringAsync("catching up", async () => breaches.AddRange(await new Quiet(world, ledger, strikes).CatchUpAsync()));
        report.Say($"calm for {span.TotalSeconds:0} s");
        await Task.Delay(span);
    }

    /// <summary>Ends the load, brings the number of events up to a least, waits for rest, and checks. True when no guarantee was broken.</summary>
    public async Task<IReadOnlyList<Breach>> ConcludeAsync(int leastEvents, TimeSpan deadline)
    {
        await closing.CancelAsync();
        await load.FinishAsync();
        while (ledger.Entries.Count < leastEvents)
            await sender.TellTogetherAsync(shoppers.Crowd(Math.Min(250, leastEvents - ledger.Entries.Count)), giveUp.Token);
        await quarantine.FinishAsync();
        report.Say($"the load has ended: {ledger.Entries.Count:N0} events in {ledger.Answers:N0} answers");
        breaches.AddRange(await new Quiet(world, ledger, strikes).WaitAsync(deadline));
        var evidence = await Evidence.LoadAsync(world, ledger, strikes);
        report.Say($"at rest: {evidence.Webhooks.Count:N0} webhooks, {evidence.Journeys.Count:N0} journeys, {evidence.Effects.Count:N0} messages at the gateway");
        breaches.AddRange(world.Fallen.Select(fallen => new Breach(BreachKind.Fallen, $"{fallen.Service} ended by itself", fallen.LastWords)));
        breaches.AddRange([.. Losses.Of(evidence), .. Doubles.Of(evidence), .. Times.Of(evidence)]);
        report.Conclude(breaches, evidence, strikes);
        return breaches;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await giveUp.CancelAsync();
        sender.Dispose();
        await world.DisposeAsync();
        giveUp.Dispose();
        closing.Dispose();
    }
}
