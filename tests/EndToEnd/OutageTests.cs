using System.Net;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>What the world does to five processes: broker and database away, processes killed, under load.</summary>
public sealed class OutageTests
{
    // What a killed dispatcher had claimed comes back after its lease of 60 s; the rest is for a machine that does other things as well.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private PostgresServer _postgres = null!;
    private RabbitMqServer _rabbit = null!;
    private FiveProcessRecado _recado = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        (_postgres, _rabbit) = (await Servers.NewPostgresAsync(), await Servers.NewRabbitMqAsync());
        await Task.WhenAll(_postgres.StartAsync(), _rabbit.StartAsync());
        _recado = await FiveProcessRecado.StartAsync(options: new FiveProcessesOptions
        {
            Postgres = _postgres,
            RabbitMq = _rabbit,
            // A dead dispatcher's sends are settled within seconds instead of a minute.
            // Its senders are faster than a shop may be.
            Settings = new Dictionary<string, string> { ["Dispatcher__Lease"] = "00:00:08", ["Dispatcher__SendTimeout"] = "00:00:03", ["Ingest__RateLimit__PerSecond"] = "0" },
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _recado.DisposeAsync();
        await _rabbit.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Test, Order(1)]
    public async Task While_RabbitMQ_is_away_webhooks_are_accepted_and_when_it_is_back_every_message_goes_out()
    {
        var ledger = new SenderLedger(_recado, "31");
        await ledger.SendAsync(20);
        await _rabbit.StopAsync();
        await ledger.SendAsync(60);
        Assert.That(ledger.Unexpected, Is.Empty);
        Assert.That((await _recado.Ingest.GetAsync("/health/ready")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await _rabbit.StartAsync();
        await EachHasOneMessageAsync(ledger);
    }

    [Test, Order(2)]
    public async Task While_PostgreSQL_is_away_the_answer_is_503_and_nothing_is_lost_once_it_is_back()
    {
        var ledger = new SenderLedger(_recado, "32");
        await ledger.SendAsync(20);
        await _postgres.KillAsync();
        var refused = await _recado.PostAsync(Webhook.Event("""{"id":"sem-banco","type":"customer.registered","customer":{"name":"Rita","phone":"+5532988887777"}}"""));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        using var stop = new CancellationTokenSource();
        var sending = ledger.SendUntilAsync(stop.Token);
        await _postgres.StartAsync();
        await Until.TrueAsync(() => ledger.Accepted.Count >= 60, Patience, "webhooks are accepted again");
        await stop.CancelAsync();
        await sending;
        Assert.That(ledger.Unexpected, Is.Empty);
        await EachHasOneMessageAsync(ledger);
    }

    [Test, Order(3)]
    public async Task Killed_under_load_and_started_again_no_service_loses_or_doubles_anything()
    {
        var ledger = new SenderLedger(_recado, "33");
        using var stop = new CancellationTokenSource();
        var sending = ledger.SendUntilAsync(stop.Token);
        foreach (var service in FiveProcesses.Services)
        {
            var before = ledger.Accepted.Count;
            await Until.TrueAsync(() => ledger.Accepted.Count >= before + 40, Patience, "the load runs");
            await _recado.Processes.KillAsync(service);
            await _recado.Processes.RestartAsync(service);
        }
        var after = ledger.Accepted.Count;
        await Until.TrueAsync(() => ledger.Accepted.Count >= after + 40, Patience, "the load runs after the last kill");
        await stop.CancelAsync();
        await sending;
        Assert.That(ledger.Unexpected, Is.Empty);
        await EachHasOneMessageAsync(ledger);
    }

    [Test, Order(4)]
    public async Task While_the_gateway_is_away_messages_wait_and_go_out_once_it_is_back()
    {
        var ledger = new SenderLedger(_recado, "35");
        await _recado.Processes.KillAsync("GatewayEmulator");
        await ledger.SendAsync(10);
        await Until.TrueAsync(async () => (await Task.WhenAll(ledger.Accepted.Values.Select(_recado.TimelineAsync))).All(lines => lines.Any(line => line.What == "rendered")),
            Patience, "every message is ready");
        await _recado.Processes.RestartAsync("GatewayEmulator");
        await EachHasOneMessageAsync(ledger);
    }

    [Test, Order(5)]
    public async Task A_broker_that_lost_everything_costs_time_and_no_message()
    {
        var ledger = new SenderLedger(_recado, "37");
        await ledger.SendAsync(20);
        await _recado.Processes.KillAsync("TemplateRenderer"); // so that messages wait at the broker and nowhere else
        await ledger.SendAsync(60);
        await Until.TrueAsync(async () => (await Task.WhenAll(ledger.Accepted.Values.Select(_recado.TimelineAsync))).All(lines => lines.Any(line => line.What == "requested")),
            Patience, "every message is asked for");
        await _rabbit.KillAsync();
        await ledger.SendAsync(20);
        await _rabbit.WipeAsync();
        await _rabbit.StartAsync();
        await _recado.Processes.RestartAsync("TemplateRenderer");
        await EachHasOneMessageAsync(ledger);
    }

    /// <summary>
    /// Every accepted event has exactly one message at the gateway. What a dispatcher's death left open may be missing
    /// there, and then its timeline says so: it is uncertain, at most as many as there are hands.
    /// </summary>
    private async Task EachHasOneMessageAsync(SenderLedger ledger)
    {
        var missing = new List<string>();
        await Until.TrueAsync(async () =>
        {
            var received = (await _recado.Gateway.AllAsync()).Select(message => message.Phone).ToHashSet();
            missing = [.. ledger.Accepted.Keys.Where(phone => !received.Contains(phone))];
            foreach (var phone in missing.ToList())
                if ((await _recado.TimelineAsync(ledger.Accepted[phone])).Any(line => line is { What: "uncertain", Reason: "process_died" }))
                    missing.Remove(phone);
            return missing.Count == 0;
        }, Patience, "every accepted event has its message");
        var counts = (await _recado.Gateway.AllAsync()).CountBy(message => message.Phone).ToDictionary();
        var doubled = ledger.Accepted.Keys.Where(phone => counts.GetValueOrDefault(phone) > 1);
        var uncertain = ledger.Accepted.Keys.Count(phone => !counts.ContainsKey(phone));
        TestContext.Out.WriteLine($"{ledger.Accepted.Count} accepted, {uncertain} uncertain and not sent");
        Assert.That(doubled, Is.Empty);
        Assert.That(uncertain, Is.LessThanOrEqualTo(16));
    }
}
