using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Normalizer;
using Recado.Normalizer.Webhooks;
using Recado.Platform.Bus;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;
using Engine = Recado.Tests.Platform.Engine;

namespace Recado.Tests.Normalizer;

/// <summary>An answer of the Normalizer: its text as it came, and what it says.</summary>
public sealed record Heard(int Status, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? this[string field] => Json[field]?.ToString();

    /// <summary>The ids of a page of the quarantine, in their order.</summary>
    public List<Guid> Ids => [.. Json["items"]!.AsArray().Select(item => (Guid)item!["webhookId"]!)];
}

/// <summary>The Normalizer in this process on a real port and database, with two stores and a clock that stands still.</summary>
public sealed class RunningNormalizer : IAsyncDisposable
{
    private const string Bundle =
        """
        {"stores":[
          {"id":"alpha","credentials":[{"source":"events","token":"alpha-events"}, {"source":"partner","channel":"abacate","token":"alpha-partner"}, {"source":"wiapy","token":"alpha-wiapy"}]},
          {"id":"beta","credentials":[{"source":"events","token":"beta-events"}]}]}
        """;

    private readonly HostInProcess host;
    private readonly HttpClient http;

    private RunningNormalizer(HostInProcess host, ManualTimeProvider time)
    {
        (this.host, Time) = (host, time);
        http = new() { BaseAddress = host.Address };
    }

    public ManualTimeProvider Time { get; }

    public NormalizerDatabase Database => host.Get<NormalizerDatabase>();

    public static async Task<RunningNormalizer> StartAsync(Engine engine, params (string Name, string Value)[] settings) =>
        await StartAsync(await FreshDatabase.CreateAsync(engine), settings);

    public static async Task<RunningNormalizer> StartAsync(string database, params (string Name, string Value)[] settings)
    {
        var bundle = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        await File.WriteAllTextAsync(bundle, Bundle);
        var time = new ManualTimeProvider(Payload.ReceivedAt.AddHours(1));
        var host = await HostInProcess.PrepareAsync(new NormalizerService(), database, time: time, settings: [("Bootstrap", bundle), .. settings]);
        await host.StartAsync();
        return new(host, time);
    }

    /// <summary>A webhook that nobody else uses.</summary>
    public static WebhookReceived Webhook(string source, string body, string store = "alpha", DateTimeOffset? at = null) =>
        Payload.Webhook(source, body) with { WebhookId = Guid.NewGuid(), StoreId = store, ReceivedAt = at ?? Payload.ReceivedAt };

    public Task<Heard> GetAsync(string path, string? key = "alpha-events") => SendAsync(HttpMethod.Get, path, null, key);

    public Task<Heard> PostAsync(string path, string? body = null, string? key = "alpha-events") => SendAsync(HttpMethod.Post, path, body, key);

    /// <summary>Webhooks arrive, together.</summary>
    public Task TakeAsync(params WebhookReceived[] webhooks) => Database.InTransactionAsync(transaction =>
        host.Get<NormalizeWebhooks>().HandleAsync([.. webhooks.Select(webhook => new Received<WebhookReceived>(webhook, default))], transaction, default), default);

    /// <summary>Webhooks lie in quarantine that an older version did not understand.</summary>
    public Task QuarantineAsync(string reason, params WebhookReceived[] webhooks) => Database.InTransactionAsync(transaction => transaction.WriteEach(
        """
        insert into quarantine (webhook_id, store_id, source, reason, field, received_at, webhook)
        values (@id, @store, @source, @reason, 'old.field', @received_at, @webhook)
        """,
        webhooks,
        webhook =>
        [
            ("id", webhook.WebhookId), ("store", webhook.StoreId), ("source", webhook.Source), ("reason", reason), ("received_at", webhook.ReceivedAt),
            ("webhook", JsonSerializer.SerializeToUtf8Bytes(webhook, ContractsJson.Default.WebhookReceived)),
        ]), default);

    /// <summary>What was published about a webhook, as it goes over the wire.</summary>
    public async Task<List<string>> PublishedAsync(WebhookReceived webhook) =>
        [.. (await Database.QueryAsync("select wire_name, body from outbox order by id", row => (Name: row.GetString(0), Body: Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(1))), default))
            .Where(message => message.Body.Contains(webhook.WebhookId.ToString(), StringComparison.Ordinal)).Select(message => message.Name)];

    public async Task<long> CountAsync(string query) => (await Database.QueryAsync(query, row => row.GetInt64(0), default)).Single();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }

    private async Task<Heard> SendAsync(HttpMethod method, string path, string? body, string? key)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
