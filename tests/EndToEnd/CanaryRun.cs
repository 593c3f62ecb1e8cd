using System.Text;
using RabbitMQ.Client;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>Every documented payload, full of canaries, through five processes and through their faults.</summary>
internal sealed class CanaryRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly List<string> _answers = [];
    private PostgresServer _postgres = null!;
    private OtlpCollector _collector = null!;
    private FiveProcessRecado _recado = null!;

    /// <summary>Queues to which messages were written that are none.</summary>
    public static readonly string[] Attacked =
        ["normalizer.webhook-received", "automation-matcher.commerce-event", "template-renderer.message-requested", "whatsapp-dispatcher.message-rendered"];

    public FiveProcessRecado Recado => _recado;
    public OtlpCollector Collector => _collector;

    /// <summary>The bodies of what was answered to requests that were refused.</summary>
    public IReadOnlyList<string> Answers => _answers;

    public async Task StartAsync()
    {
        _postgres = await Servers.NewPostgresAsync();
        await _postgres.StartAsync();
        _collector = await OtlpCollector.StartAsync();
        _recado = await FiveProcessRecado.StartAsync(timeScale: 3600, options: new FiveProcessesOptions
        {
            Postgres = _postgres,
            Bootstrap = await BundleAsync(),
            CallbackToken = Canaries.Tokens["ezapi-demo-token"],
            Settings = new Dictionary<string, string>(_collector.Settings) { ["Dispatcher__SendTimeout"] = "00:00:03" },
        });
        await PostDocumentsAsync();
        await RefuseAsync();
        await BreakTheGatewayAsync();
        await WriteToQueuesAsync();
        await LoseTheDatabaseAsync();
        await ExportAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[_recado, _collector, _postgres])
            if (part is not null)
                await part.DisposeAsync();
    }

    private static async Task<string> BundleAsync()
    {
        var bundle = await File.ReadAllTextAsync(Path.Combine(ServiceProcess.RepositoryRoot, "deploy", "bootstrap", "demo.json"));
        foreach (var (token, canary) in Canaries.Tokens)
            bundle = bundle.Replace(token, canary, StringComparison.Ordinal);
        var path = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        await File.WriteAllTextAsync(path, bundle);
        return path;
    }

    private async Task PostDocumentsAsync()
    {
        foreach (var source in (string[])["wiapy", "abandoned-cart", "partner", "events", "ezapi"])
            foreach (var file in Directory.GetFiles(Path.Combine(ServiceProcess.RepositoryRoot, "tests", "payloads", source), "*.json").Where(file => !file.EndsWith(".expected.json", StringComparison.Ordinal)).Order())
                await PostAsync(Of(source, Canaries.Plant(await File.ReadAllTextAsync(file))));
        await PostAsync(Event("cr-lf", Canaries.Name + "\\r\\n{\\\"Timestamp\\\":\\\"forged-entry\\\"}\\u001b[31m"));
        // Among the documents is one that says that the shop's phone is off.
        await PostAsync(new("/webhooks/ezapi/zimbro-ezapi", null, $$"""{"type":"ConnectedCallback","instanceId":"INSTANCE_1","connected":true,"momment":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}"""));
        await _recado.Gateway.WaitForAsync(Canaries.Phone, 5, Patience);
        await SendsAsync("after-the-documents");
    }

    private async Task RefuseAsync()
    {
        foreach (var source in (string[])["wiapy", "abandoned-cart", "partner", "events", "ezapi"])
        {
            var good = Of(source, $$"""{"event":"{{Canaries.Name}}","phone":"{{Canaries.Phone}}","customer":"{{Canaries.Name}}","{{Canaries.Name}}":1}""");
            await RefusedAsync(good with { Authorization = "Bearer zimbro-wrong", Route = good.Route.Replace("zimbro-ezapi", "zimbro-other", StringComparison.Ordinal) });
            await RefusedAsync(good with { Body = $"{{\"phone\":\"{Canaries.Phone}" });
            await RefusedAsync(good with { Body = $"{{\"{Canaries.Name}\":1,\"{Canaries.Name}\":2}}" });
            await RefusedAsync(good with { Route = good.Route + $"/../{Canaries.Name}?phone={Canaries.Phone}&token=zimbro-query" });
        }
        await RefusedAsync(Of("partner", $$"""{"event":"cart.abandoned","phone":"{{Canaries.Name}}","customer":7,"value":"{{Canaries.Document}}","url":"{{Canaries.Query}}"}"""));
        await RefusedAsync(Of("events", $$$"""{"id":"x","type":"{{{Canaries.Name}}}","customer":{"phone":"{{{Canaries.Name}}}","email":7}}"""));
        using var timeline = await _recado.Timelines.GetAsync($"/api/v1/events?externalId={Canaries.Name}");
        _answers.Add(await timeline.Content.ReadAsStringAsync());
        using var quarantine = await _recado.Normalizer.GetAsync($"/api/v1/quarantine?source={Canaries.Name}");
        _answers.Add(await quarantine.Content.ReadAsStringAsync());
    }

    private async Task BreakTheGatewayAsync()
    {
        foreach (var fault in (string[])["server-error", "lost-response", "invalid-json", "bad-request", "too-many-requests", "timeout-before-accept"])
        {
            await _recado.Gateway.BehaveAsync(new { faults = new[] { new { fault, times = 1 } } });
            var answer = await PostAsync(Event($"fault-{fault}", Canaries.Name));
            await Until.TrueAsync(async () => (await TimelineAsync(answer.Id)).Split("\"what\":").Length > 4, Patience, $"the send with {fault} has ended or goes on");
        }
        await _recado.Gateway.BehaveAsConfiguredAsync();
        await _recado.Processes.KillAsync("GatewayEmulator");
        var unreachable = await PostAsync(Event("fault-unreachable", Canaries.Name));
        await Until.TrueAsync(async () => (await TimelineAsync(unreachable.Id)).Contains("rendered", StringComparison.Ordinal), Patience, "a message waits for its gateway");
        await _recado.Processes.RestartAsync("GatewayEmulator");
        await PostDocumentsAgainAsync();
    }

    /// <summary>The emulator forgot all; what is looked at later should have gone out again.</summary>
    private async Task PostDocumentsAgainAsync()
    {
        for (var i = 0; i < 12; i++)
            await PostAsync(Event($"again-{i}", Canaries.Name));
        await _recado.Gateway.WaitForAsync(Canaries.Phone, 12, Patience);
    }

    private async Task WriteToQueuesAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = new(_recado.Processes.Broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        string[] bodies =
        [
            $"{{\"storeId\":\"demo\",\"phone\":\"{Canaries.Phone}\",\"eventId\":\"{Canaries.Name}\",\"messageId\":\"{Canaries.Name}\",\"webhookId\":\"{Canaries.Name}\"}}",
            $"{{\"StoreId\":\"demo\",\"EventId\":\"{Canaries.Name}\",\"MessageId\":\"{Canaries.Name}\",\"WebhookId\":\"{Canaries.Name}\"}}",
            $"{Canaries.Text} {Canaries.Phone}",
        ];
        foreach (var queue in Attacked)
            foreach (var body in bodies)
                await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { ContentType = "application/json" }, Encoding.UTF8.GetBytes(body));
        foreach (var queue in Attacked)
            await Until.TrueAsync(async () => await channel.MessageCountAsync(queue) == 0, Patience, $"{queue} is empty");
    }

    private async Task LoseTheDatabaseAsync()
    {
        await PostAsync(Event("before-the-outage", Canaries.Name));
        await _postgres.KillAsync();
        for (var i = 0; i < 3; i++)
            await RefusedAsync(Event($"outage-{i}", Canaries.Name));
        using var ready = await _recado.Ingest.GetAsync("/health/ready");
        _answers.Add(await ready.Content.ReadAsStringAsync());
        await _postgres.StartAsync();
        await SendsAsync("after-the-outage");
    }

    private async Task ExportAsync()
    {
        var marks = _collector.Posts.Count;
        await Until.TrueAsync(() => _collector.Posts.Skip(marks).Select(post => post.Signal).Distinct().Count() >= 2 && _collector.Posts.Any(post => post.Signal == "logs"), Patience, "everything is exported");
    }

    private async Task SendsAsync(string id)
    {
        Answer answer = null!;
        await Until.TrueAsync(async () => (answer = await PostAsync(Event(id, Canaries.Name))).Id != Guid.Empty, Patience, "an event is accepted");
        await Until.TrueAsync(async () => (await TimelineAsync(answer.Id)).Contains("\"read\"", StringComparison.Ordinal), Patience, $"the message of {id} is read");
    }

    private static Webhook Event(string id, string name) => Of("events",
        $$$"""{"id":"{{{id}}}","type":"order.created","order":{"number":"{{{id}}}"},"customer":{"name":"{{{name}}}","phone":"+{{{Canaries.Phone}}}","email":"{{{Canaries.Email}}}","document":"{{{Canaries.Document}}}"}}""");

    private static Webhook Of(string source, string body) => source switch
    {
        "wiapy" => new("/webhooks/wiapy", "zimbro-wiapy", body),
        "abandoned-cart" => new("/webhooks/abandoned-cart/zimbro-cart", null, body),
        "partner" => new("/api/v1/partners/demo/events", "Bearer zimbro-partner", body),
        "events" => new("/api/v1/events", "Bearer zimbro-events", body),
        _ => new("/webhooks/ezapi/zimbro-ezapi", null, body),
    };

    private Task<Answer> PostAsync(Webhook webhook) => _recado.PostAsync(webhook);

    private async Task RefusedAsync(Webhook webhook) => _answers.Add((await PostAsync(webhook)).Body);

    private async Task<string> TimelineAsync(Guid id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{id}");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer zimbro-events");
        using var answer = await _recado.Timelines.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
