using RabbitMQ.Client;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>The network between the processes and their broker, and before the gateway, on a bad day.</summary>
public sealed class NetworkFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly string[] Queues =
    [
        "normalizer.webhook-received", "automation-matcher.commerce-event", "automation-matcher.message-status-changed",
        "template-renderer.message-requested", "whatsapp-dispatcher.message-rendered", "whatsapp-dispatcher.gateway-receipt",
    ];

    private RabbitMqServer rabbit = null!;
    private FaultProxy broker = null!;
    private ServiceProcess emulator = null!;
    private HttpFaultProxy gateway = null!;
    private FiveProcessRecado recado = null!;

    [OneTimeSetUp]
    public async Task Start_five_processes_behind_proxies()
    {
        rabbit = await Servers.NewRabbitMqAsync();
        emulator = new ServiceProcess("GatewayEmulator", new Dictionary<string, string>());
        await Task.WhenAll(rabbit.StartAsync(), emulator.StartAsync());
        broker = new FaultProxy(rabbit.Port);
        gateway = await HttpFaultProxy.StartAsync(emulator.Http.BaseAddress!);
        recado = await FiveProcessRecado.StartAsync(options: new FiveProcessesOptions
        {
            RabbitMq = rabbit,
            RabbitMqPort = broker.Port,
            Settings = new Dictionary<string, string> { ["GatewayUrl"] = gateway.Address.ToString().TrimEnd('/') },
        });
    }

    [OneTimeTearDown]
    public async Task Stop_it()
    {
        await recado.DisposeAsync();
        await gateway.DisposeAsync();
        await broker.DisposeAsync();
        await emulator.DisposeAsync();
        await rabbit.DisposeAsync();
    }

    [Test, Order(1)]
    public async Task A_gateway_whose_answer_is_lost_has_the_message_once_and_the_timeline_says_uncertain()
    {
        gateway.Trouble = HttpTrouble.SwallowResponse;
        var id = await RegisterAsync("5541900000001");
        var timeline = await recado.WaitForTimelineAsync(id, lines => lines.Any(line => line.What == "uncertain"), "it is uncertain");
        gateway.Trouble = HttpTrouble.None;
        await recado.WaitForTimelineAsync(await RegisterAsync("5541900000002"), lines => lines.Any(line => line.What == "sent"), "a later message is sent");

        Assert.That(timeline.Single(line => line.What == "uncertain").Reason, Is.EqualTo("no_answer"));
        Assert.That(await new GatewayMessages(emulator.Http).AllAsync("5541900000001"), Has.Count.EqualTo(1));
    }

    [Test, Order(2)]
    public async Task A_broker_that_silently_swallows_everything_is_noticed_and_every_queue_gets_its_consumer_back()
    {
        broker.Trouble = Trouble.HalfOpen;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var id = await RegisterAsync("5541900000003");
        foreach (var service in FiveProcesses.Services.Skip(1))
            await Until.TrueAsync(async () => !await recado.Processes[service].IsReadyAsync(), Patience, $"{service} has noticed");
        TestContext.Out.WriteLine($"noticed by all after {clock.Elapsed.TotalSeconds:0} s");

        broker.Trouble = Trouble.None;
        await using var connection = await new ConnectionFactory { Uri = new(recado.Processes.Broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in Queues)
            await Until.TrueAsync(async () => await channel.ConsumerCountAsync(queue) > 0, Patience, $"{queue} has a consumer");
        await recado.WaitForTimelineAsync(id, lines => lines.Any(line => line.What == "sent"), "what was accepted meanwhile is sent");
    }

    private async Task<Guid> RegisterAsync(string phone) => (await recado.PostAsync(
        Webhook.Event($$$"""{"id":"rede-{{{phone}}}","type":"customer.registered","customer":{"name":"Rita","phone":"+{{{phone}}}"}}"""))).Id;
}
