using System.Text;
using RabbitMQ.Client;
using Recado.Tests.EndToEnd;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Observability;

/// <summary>Five processes that tell a collector of everything that can happen to them: it has happened once.</summary>
internal sealed class WatchedRecado : IAsyncDisposable
{
    private const string Phone = "5511955560001";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly OtlpCollector _collector;
    private readonly FiveProcessRecado _recado;

    private WatchedRecado(OtlpCollector collector, FiveProcessRecado recado) => (_collector, _recado) = (collector, recado);

    public FiveProcessRecado Recado => _recado;

    /// <summary>The last value of every series.</summary>
    public IReadOnlyList<OtlpMetric> Metrics => _collector.Metrics;

    public static async Task<WatchedRecado> StartAsync()
    {
        var collector = await OtlpCollector.StartAsync();
        // An hour of waiting takes a second.
        var watched = new WatchedRecado(collector, await FiveProcessRecado.StartAsync(timeScale: 3600, options: new FiveProcessesOptions
        {
            Settings = new Dictionary<string, string>(collector.Settings) { ["Gauges__Every"] = "00:00:01", ["Dispatcher__SendTimeout"] = "00:00:03", ["Dispatcher__ProbeEvery"] = "00:00:02" },
        }));
        try
        {
            await watched.RecoverAPurchaseAsync("watched", Phone);
            await watched.RefuseAsync();
            await watched.LoseAnAnswerAsync();
            await watched.PauseANumberAsync();
            return watched;
        }
        catch
        {
            await watched.DisposeAsync();
            throw;
        }
    }

    /// <summary>A counter over all processes, those that have ended too.</summary>
    public double Total(string name, params (string Name, string Value)[] attributes) => Of(name, attributes).Sum(metric => metric.Value);

    /// <summary>What a gauge was told to be last.</summary>
    public double? Latest(string name, params (string Name, string Value)[] attributes) => Of(name, attributes).LastOrDefault()?.Value;

    public static Task WaitForAsync(Func<bool> wanted, string what) => Until.TrueAsync(wanted, Patience, what);

    /// <summary>A cart is left, its customer is reminded, and pays.</summary>
    public async Task RecoverAPurchaseAsync(string name, string phone, string amount = "199.90")
    {
        var cart = await PostAsync(Webhook.Cart(Cart(name, phone)));
        await _recado.WaitForTimelineAsync(cart.Id, lines => lines.Any(line => line.What == "sent"), "the customer is reminded");
        var payment = await PostAsync(Payment(name, phone, amount));
        await _recado.WaitForTimelineAsync(payment.Id, lines => lines.Any(line => line.What == "received"), "the payment is known");
    }

    public Task<Answer> PostAsync(Webhook webhook) => _recado.PostAsync(webhook);

    public static string Cart(string name, string phone) =>
        $$$"""
        {"cart_token":"{{{name}}}","abandoned_at":"{{{DateTimeOffset.UtcNow:O}}}","cart_amount":19990,"recovery_url":"https://checkout.seudominio.com/r/{{{name}}}",
         "customer":{"name":"Nina","email":"{{{name}}}@example.com","phone":"+{{{phone}}}"},
         "products":[{"name":"Caneca","code":"C","price":19990,"quantity":1,"image_url":null}],"utms":{}}
        """;

    public static Webhook Payment(string name, string phone, string amount = "199.90") => Webhook.Event(
        $$$$"""{"id":"paid-{{{{name}}}}","type":"payment.approved","customer":{"phone":"+{{{{phone}}}}"},"payment":{"id":"pay-{{{{name}}}}","method":"pix","amount":{"amount":{{{{amount}}}},"currency":"BRL"}}}""");

    public async ValueTask DisposeAsync()
    {
        await _recado.DisposeAsync();
        await _collector.DisposeAsync();
    }

    private IEnumerable<OtlpMetric> Of(string name, (string Name, string Value)[] attributes) =>
        Metrics.Where(metric => metric.Name == name && attributes.All(each => metric.Attributes.GetValueOrDefault(each.Name) == each.Value));

    private async Task RefuseAsync()
    {
        await PostAsync(Webhook.Wiapy("{}") with { Authorization = "wrong" });
        await PostAsync(Webhook.Wiapy(Webhook.Payload("wiapy/unknown-status.json")));
        await using var connection = await new ConnectionFactory { Uri = new(_recado.Processes.Broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync("", "normalizer.webhook-received", mandatory: true, new BasicProperties { ContentType = "application/json" }, Encoding.UTF8.GetBytes("no message"));
        await WaitForAsync(() => Total("recado.dead_letters") == 1 && Total("recado.webhooks.quarantined") == 1, "a webhook is in quarantine and a message is dead");
    }

    private async Task LoseAnAnswerAsync()
    {
        await _recado.Gateway.BehaveAsync(new { faults = new[] { new { fault = "lost-response", times = 1 } } });
        var order = await PostAsync(Order("lost"));
        await _recado.WaitForTimelineAsync(order.Id, lines => lines.Any(line => line.What == "uncertain"), "a send is uncertain");
        await WaitForAsync(() => Latest("recado.sends.unsettled") == 1, "the uncertain send is told");
    }

    private async Task PauseANumberAsync()
    {
        await _recado.Gateway.BehaveAsync(new { faults = new[] { new { fault = "unauthorized", times = 1000 } } });
        for (var i = 0; i < 3; i++) // one tries, the others wait
            await PostAsync(Order($"refused-{i}"));
        await WaitForAsync(() => Latest("recado.numbers.paused", ("reason", "token_refused")) == 1 && Latest("recado.sends.waiting") >= 1, "the number is paused and its message waits");
        await _recado.Gateway.BehaveAsConfiguredAsync();
        await WaitForAsync(() => Latest("recado.numbers.paused", ("reason", "token_refused")) == 0 && Latest("recado.sends.waiting") == 0, "the pause is over");
    }

    private static Webhook Order(string name) =>
        Webhook.Event($$$"""{"id":"order-{{{name}}}","type":"order.created","order":{"number":"{{{name}}}"},"customer":{"name":"Nina","phone":"+5511955560099"}}""");
}

/// <summary>One for all tests of this folder, started by the first that needs it.</summary>
[SetUpFixture]
public sealed class WatchedRun
{
    private static readonly Lazy<Task<WatchedRecado>> Run = new(WatchedRecado.StartAsync);

    /// <summary>Once <see cref="StartedAsync"/> is over.</summary>
    internal static WatchedRecado Recado => Run.Value.Result;

    internal static Task StartedAsync() => Run.Value;

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Run is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await Recado.DisposeAsync();
    }
}
