using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>A connection that is lost while a service declares its exchanges and queues.</summary>
public sealed class LostInTheStartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly IReadOnlyList<string> Queues =
    [
        "whatsapp-dispatcher.message-rendered", "whatsapp-dispatcher.message-cancelled", "whatsapp-dispatcher.gateway-receipt",
        "whatsapp-dispatcher.message-echoed", "whatsapp-dispatcher.instance-status-changed", "whatsapp-dispatcher.person-erased",
        "whatsapp-dispatcher.messages-handled",
    ];

    [Test]
    public async Task It_leaves_no_queue_without_a_consumer()
    {
        var server = await Servers.RabbitMqAsync();
        await using var proxy = new FaultProxy(server.Port);
        // Far enough away for one exchange of a queue to wait for the other.
        proxy.Trouble = new Trouble { Latency = TimeSpan.FromMilliseconds(100) };
        await using var processes = await FiveProcesses.PrepareAsync(new FiveProcessesOptions
        {
            RabbitMqPort = proxy.Port,
            Settings = new Dictionary<string, string> { ["Logging__LogLevel__MassTransit"] = "Debug" },
        });
        var dispatcher = processes["WhatsAppDispatcher"];
        await dispatcher.LaunchAsync();
        await Until.TrueAsync(() => dispatcher.Output.Contains("Declare exchange: name: recado.gateway-receipt", StringComparison.Ordinal), Patience, "exchanges are being declared");

        proxy.Trouble = Trouble.None;
        proxy.Cut();

        await Listeners.AwaitAsync(processes.Broker, Queues, Patience);
        await Until.TrueAsync(dispatcher.IsReadyAsync, Patience, "the dispatcher is ready");
    }
}
