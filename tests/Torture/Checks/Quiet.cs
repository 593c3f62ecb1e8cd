using Npgsql;
using RabbitMQ.Client;
using Recado.Tests.Infrastructure;
using Recado.Tests.Torture.Faults;
using Recado.Tests.Torture.Traffic;

namespace Recado.Tests.Torture.Checks;

/// <summary>INV7 and INV8: when the faults have stopped, everything comes to rest by itself within a time.</summary>
public sealed class Quiet(World world, Ledger ledger, Strikes strikes)
{
    /// <summary>INV7.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private const string Unfinished =
        """
        select 'outbox rows of ingest are not sent', count(*) from ingest.outbox where sent_at is null
        union all select 'outbox rows of normalizer are not sent', count(*) from normalizer.outbox where sent_at is null
        union all select 'outbox rows of automation_matcher are not sent', count(*) from automation_matcher.outbox where sent_at is null
        union all select 'outbox rows of template_renderer are not sent', count(*) from template_renderer.outbox where sent_at is null
        union all select 'outbox rows of whatsapp_dispatcher are not sent', count(*) from whatsapp_dispatcher.outbox where sent_at is null
        union all select 'journeys wait for their time', count(*) from automation_matcher.journeys where state = 'waiting'
        union all select 'journeys wait for news of their message', count(*) from automation_matcher.journeys where state = 'requested'
        union all select 'journeys wait for a phone', count(*) from automation_matcher.journeys where state = 'no_phone'
        union all select 'messages are waiting, claimed or being sent', count(*) from whatsapp_dispatcher.messages where status in ('waiting', 'claimed', 'sending')
        union all select 'messages are neither read nor ended', count(*) from whatsapp_dispatcher.messages where status in ('sent', 'delivered')
        """;

    /// <summary>Waits until what piled up while something was broken is worked off, though new work keeps coming.</summary>
    public async Task<IReadOnlyList<Breach>> CatchUpAsync()
    {
        var backlog = uint.MaxValue;
        try
        {
            await using var rabbit = await new ConnectionFactory { Uri = new(world.Processes.Broker) }.CreateConnectionAsync();
            await Until.TrueAsync(async () => (backlog = await BacklogAsync(rabbit)) < 50, Deadline, "the backlog is worked off");
        }
        catch (TimeoutException)
        {
            return [new(BreachKind.Stuck, $"{Deadline.TotalSeconds:0} s after the last fault {backlog} messages are still on queues")];
        }
        return [];
    }

    private static async Task<uint> BacklogAsync(IConnection rabbit)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        var backlog = 0u;
        foreach (var queue in CrashPoint.QueueNames)
            backlog += await CountAsync(rabbit, queue);
        return backlog;
    }

    /// <summary>What does not come to rest in time is stuck.</summary>
    public async Task<IReadOnlyList<Breach>> WaitAsync(TimeSpan deadline)
    {
        List<string> unrest = [];
        try
        {
            await Until.TrueAsync(async () => (unrest = await UnrestAsync()).Count == 0, deadline, "everything has come to rest");
        }
        catch (TimeoutException)
        {
            return [.. unrest.Select(what => new Breach(BreachKind.Stuck, $"after {deadline.TotalSeconds:0} s without faults {what}"))];
        }
        return [];
    }

    private async Task<List<string>> UnrestAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        var unrest = new List<string>();
        await using var connection = await world.ConnectAsync();
        await using (var command = new NpgsqlCommand(Unfinished, connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                if (reader.GetInt64(1) > 0)
                    unrest.Add($"{reader.GetInt64(1)} {reader.GetString(0)}");
        }
        unrest.AddRange(await QueuesAsync());
        if (unrest.Count == 0 && await UnsettledAsync() is > 0 and var doubts)
            unrest.Add($"{doubts} sends that the gateway has echoed are uncertain");
        return unrest;
    }

    /// <summary>Queues are empty, those for what was delivered too often too.</summary>
    private async Task<List<string>> QueuesAsync()
    {
        var found = new List<string>();
        await using var rabbit = await new ConnectionFactory { Uri = new(world.Processes.Broker) }.CreateConnectionAsync();
        foreach (var queue in CrashPoint.QueueNames)
        {
            if (await CountAsync(rabbit, queue) is > 0 and var left)
                found.Add($"{left} messages are left on {queue}");
            if (await CountAsync(rabbit, queue + ".dead") is > 0 and var dead)
                found.Add($"{dead} messages are left on {queue}.dead");
        }
        return found;
    }

    private static async Task<uint> CountAsync(IConnection rabbit, string queue)
    {
        await using var channel = await rabbit.CreateChannelAsync();
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return 0; // it does not exist
        }
    }

    /// <summary>Doubts about sends that the gateway has accepted: the echo settles them, within the time of one callback.</summary>
    private async Task<int> UnsettledAsync()
    {
        var evidence = await Evidence.LoadAsync(world, ledger, strikes);
        return Doubles.Unsettled(evidence).Count();
    }
}
