using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recado.Ingest;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>An answer over HTTP. The body is in one normal form, so that only its content matters.</summary>
public sealed record Answer(int Status, string Body, string? WebhookId, bool Replay, string? RetryAfter)
{
    public string Id => (string)JsonNode.Parse(Body)!["id"]!;
}

/// <summary>What the store holds of one webhook.</summary>
public sealed record Stored(Guid Id, string StoreId, string Source, string? Channel, byte[] Body, Guid? ConflictsWith);

/// <summary>Ingest in this process on a real port, with two stores and a clock that stands still. How much a store sends is limited only where a test says so.</summary>
public sealed class RunningIngest : IAsyncDisposable
{
    private const string Bundle =
        """
        {"stores":[
          {"id":"alpha","credentials":[
            {"source":"wiapy","token":"alpha-wiapy"}, {"source":"abandoned-cart","token":"alpha-cart"},
            {"source":"partner","channel":"abacate","token":"alpha-abacate"}, {"source":"partner","channel":"stripe","token":"alpha-stripe"},
            {"source":"events","token":"alpha-events"}, {"source":"ezapi","channel":"INSTANCE_1","token":"alpha-ezapi"},
            {"source":"wiapy","token":"alpha-demo","demo":true}]},
          {"id":"beta","credentials":[
            {"source":"wiapy","token":"beta-wiapy"}, {"source":"partner","channel":"abacate","token":"beta-abacate"}, {"source":"events","token":"beta-events"}]}
        ]}
        """;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly HostInProcess host;
    private readonly HttpClient http;

    private RunningIngest(HostInProcess host, ManualTimeProvider time)
    {
        (this.host, Time) = (host, time);
        http = new() { BaseAddress = host.Address };
    }

    public ManualTimeProvider Time { get; }

    public Uri Address => host.Address;

    public IngestDatabase Database => host.Get<IngestDatabase>();

    public SenderCredentials Credentials => host.Get<SenderCredentials>();

    public static Task<RunningIngest> StartAsync(string database, params (string Name, string Value)[] settings) => StartAsync(database, Bundle, settings);

    /// <summary>With stores of the test's own.</summary>
    public static async Task<RunningIngest> StartAsync(string database, string stores, (string Name, string Value)[] settings)
    {
        var bundle = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        await File.WriteAllTextAsync(bundle, stores);
        var time = new ManualTimeProvider();
        var host = await HostInProcess.PrepareAsync(new IngestService(), database, time: time, settings: [("Bootstrap", bundle), ("Ingest:RateLimit:PerSecond", "0"), .. settings]);
        await host.StartAsync();
        return new(host, time);
    }

    public static Task<RunningIngest> StartAsync(Engine engine) => StartOnAsync(FreshDatabase.CreateAsync(engine));

    private static async Task<RunningIngest> StartOnAsync(Task<string> database) => await StartAsync(await database);

    public Task<Answer> WiapyAsync(string body, string token = "alpha-wiapy") => PostAsync("/webhooks/wiapy", body, ("Authorization", token));

    public Task<Answer> CartAsync(string body) => PostAsync("/webhooks/abandoned-cart", body, ("Authorization", "alpha-cart"));

    public Task<Answer> EzApiAsync(string body) => PostAsync("/webhooks/ezapi/alpha-ezapi", body);

    public Task<Answer> EventsAsync(string body, string token = "alpha-events") => PostAsync("/api/v1/events", body, ("Authorization", $"Bearer {token}"));

    public Task<Answer> BatchAsync(string body, string token = "alpha-events") => PostAsync("/api/v1/events/batch", body, ("Authorization", $"Bearer {token}"));

    /// <summary>Anything else.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => http.SendAsync(request);

    public Task<Answer> PartnerAsync(string body, string? key = null, string token = "alpha-abacate", string partner = "abacate") =>
        PostAsync($"/api/v1/partners/{partner}/events", body,
            [("Authorization", $"Bearer {token}"), .. key is null ? ((string, string)[])[] : [("Idempotency-Key", key)]]);

    public Task<Answer> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        PostAsync(path, new ByteArrayContent(Encoding.UTF8.GetBytes(body)), headers);

    public async Task<Answer> PostAsync(string path, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                content.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return new((int)response.StatusCode, body.Length == 0 ? "" : JsonNode.Parse(body)!.ToJsonString(Plain),
            Header(response, "Recado-Webhook-Id"), Header(response, "Idempotent-Replay") == "true", Header(response, "Retry-After"));
    }

    /// <summary>All webhooks, or those of one id.</summary>
    public Task<List<Stored>> StoredAsync(string? id = null) => Database.QueryAsync(
        $"select webhook_id, store_id, source, channel, body, conflicts_with from webhooks{(id is null ? "" : " where webhook_id = @id")}",
        row => new Stored(row.GetGuid(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetFieldValue<byte[]>(4), row.IsDBNull(5) ? null : row.GetGuid(5)),
        default, id is null ? [] : [("id", Guid.Parse(id))]);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
