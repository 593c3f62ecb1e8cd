using Recado.Tests.Infrastructure;

namespace Recado.Tests.Torture.Faults;

/// <summary>One way to break something and to repair it.</summary>
/// <param name="Name">As the report and <c>--only</c> call it.</param>
/// <param name="StrikeAsync">Returns when everything runs again.</param>
public sealed record Fault(string Name, Func<Task> StrikeAsync);

/// <summary>All faults apart from the crash points, ready to strike one world.</summary>
public sealed class FaultCatalogue(World world, Strikes strikes, Random random)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);

    /// <summary>RabbitMQ 3.10 forgets a queue that was declared seconds before a kill -9 (measured: 2 of 24); so a broker that has just begun is left alone for so long.</summary>
    private static readonly TimeSpan BrokerSettles = TimeSpan.FromSeconds(30);

    /// <summary>In the order of a short run.</summary>
    public IReadOnlyList<Fault> All =>
    [
        new("kill-all", KillAllAsync),
        new("zombie-dispatcher", ZombieAsync),
        new("gateway", new GatewayFaults(world, strikes).StrikeAsync),
        new("postgres-commit-cut", CutCommitsAsync),
        new("postgres-kill", () => RestartAsync(world.Postgres.KillAsync, world.Postgres.StartAsync)),
        new("postgres-stop", () => RestartAsync(world.Postgres.StopAsync, world.Postgres.StartAsync)),
        new("broker-cut", CutBrokerAsync),
        new("broker-blocked", BlockBrokerAsync),
        new("broker-stop", () => RestartAsync(world.Rabbit.StopAsync, world.Rabbit.StartAsync)),
        new("broker-kill", KillBrokerAsync),
        new("broker-wipe", WipeBrokerAsync),
        new("clock", new ClockSteps(world, random).StrikeAsync),
        new("hostile-messages", new HostileMessages(world, strikes).StrikeAsync),
        new("kill-all-again", KillAllAsync),
    ];

    /// <summary>Takes longer than a short run has time for.</summary>
    public IReadOnlyList<Fault> Long => [.. All, new("rolling-restart", RollAsync), new("broker-half-open", HalfOpenBrokerAsync), new("postgres-half-open", HalfOpenPostgresAsync)];

    private async Task KillAllAsync()
    {
        var services = FiveProcesses.Services.ToArray();
        await Task.WhenAll(services.Select(world.Processes.KillAsync));
        foreach (var service in services)
            strikes.Killed(service);
        random.Shuffle(services);
        foreach (var service in services)
            await world.Processes[service].LaunchAsync();
        await world.WaitUntilReadyAsync();
    }

    /// <summary>SIGTERM to one after the other, as in a deployment: each ends by itself, and leaves nothing in doubt.</summary>
    private async Task RollAsync()
    {
        foreach (var service in FiveProcesses.Services)
        {
            await world.Processes[service].StopAsync();
            await world.Processes[service].StartAsync();
        }
        await world.WaitForConsumersAsync();
    }

    /// <summary>A dispatcher freezes with a message in its hands, for longer than its lease, while another one works; then it wakes up.</summary>
    private async Task ZombieAsync()
    {
        var point = CrashPoint.All.Single(each => each.Name == "dispatch.claimed");
        await using var other = world.Processes.Replica("WhatsAppDispatcher");
        var frozen = world.Processes["WhatsAppDispatcher"];
        await frozen.StopAsync();
        await frozen.LaunchAsync(CrashLanes.ArmedWith("STOP_AT", point, random));
        await Until.TrueAsync(() => frozen.IsStopped, TimeSpan.FromSeconds(60), "the dispatcher is frozen with a message in its hands");
        await other.StartAsync();
        strikes.Frozen();
        await Task.Delay(World.Lease + TimeSpan.FromSeconds(6)); // the lease runs out, the other takes over
        frozen.Signal(ChildProcess.Continue);
        await Task.Delay(Moment); // what it would do wrong, it does now
        await other.StopAsync();
        await world.WaitUntilReadyAsync();
    }

    // What PostgreSQL answers to a commit.
    private static readonly byte[] Commit = [.. "COMMIT"u8, 0];

    /// <summary>The next commits are done, and nobody hears of it.</summary>
    private async Task CutCommitsAsync()
    {
        world.PostgresProxy.Trouble = new() { CutAnswer = Commit, CutTimes = 25 };
        await Until.TrueAsync(() => world.PostgresProxy.Cuts >= 25, TimeSpan.FromSeconds(20), "25 commits were cut");
        world.PostgresProxy.Trouble = Trouble.None;
        await world.WaitUntilReadyAsync();
    }

    private async Task RestartAsync(Func<Task> end, Func<Task> start)
    {
        await end();
        await Task.Delay(Moment);
        await start();
        await world.WaitForConsumersAsync();
    }

    private async Task CutBrokerAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            world.RabbitProxy.Cut();
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
        await world.WaitForConsumersAsync();
    }

    private async Task BlockBrokerAsync()
    {
        await world.Rabbit.BlockPublishersAsync(true);
        await Task.Delay(Moment + Moment);
        await world.Rabbit.BlockPublishersAsync(false);
        await world.WaitForConsumersAsync();
    }

    private async Task KillBrokerAsync()
    {
        var young = BrokerSettles - (DateTimeOffset.UtcNow - world.EmptySince);
        if (young > TimeSpan.Zero)
            await Task.Delay(young);
        await RestartAsync(world.Rabbit.KillAsync, world.Rabbit.StartAsync);
    }

    /// <summary>The services fill it again by themselves.</summary>
    private async Task WipeBrokerAsync()
    {
        await world.Rabbit.KillAsync();
        await world.Rabbit.WipeAsync();
        await world.Rabbit.StartAsync();
        world.EmptySince = DateTimeOffset.UtcNow;
        await world.WaitForConsumersAsync();
    }

    private Task HalfOpenBrokerAsync() => HalfOpenAsync(world.RabbitProxy, TimeSpan.FromSeconds(40));

    private Task HalfOpenPostgresAsync() => HalfOpenAsync(world.PostgresProxy, TimeSpan.FromSeconds(20));

    private async Task HalfOpenAsync(FaultProxy proxy, TimeSpan span)
    {
        proxy.Trouble = Trouble.HalfOpen;
        await Task.Delay(span);
        proxy.Trouble = Trouble.None;
        await world.WaitForConsumersAsync();
    }
}
