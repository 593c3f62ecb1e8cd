using System.Net;
using System.Text.Json;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>A running Recado, seen from where the world sees it: webhooks in, gateway out, timeline beside.</summary>
public abstract class RunningRecado : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    public abstract HttpClient Ingest { get; }
    public abstract HttpClient Timelines { get; }
    public abstract GatewayMessages Gateway { get; }

    /// <summary>Talks to the Normalizer, which answers about the quarantine.</summary>
    public virtual HttpClient Normalizer => Ingest;

    public abstract ValueTask DisposeAsync();

    public static async Task<RunningRecado> StartAsync(Topology topology, double timeScale = 1) => topology == Topology.Standalone
        ? await StandaloneRecado.StartAsync(timeScale)
        : await FiveProcessRecado.StartAsync(timeScale);

    /// <summary>Posts a webhook; the id under which its timeline is found comes back with the answer.</summary>
    public async Task<Answer> PostAsync(Webhook webhook)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Route);
        request.Content = new StringContent(webhook.Body, System.Text.Encoding.UTF8, "application/json");
        if (webhook.Authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", webhook.Authorization);
        using var response = await Ingest.SendAsync(request);
        var id = response.Headers.TryGetValues("Recado-Webhook-Id", out var values) ? Guid.Parse(values.Single()) : Guid.Empty;
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), id, response.Headers.TryGetValues("X-Trace-Id", out var trace) ? trace.Single() : null);
    }

    /// <summary>The timeline, empty while the event is on its way.</summary>
    public async Task<IReadOnlyList<TimelineLine>> TimelineAsync(Guid id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{id}");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer events-demo-key");
        using var response = await Timelines.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return [];
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return json.RootElement.GetProperty("timeline").Deserialize<List<TimelineLine>>(JsonSerializerOptions.Web)!;
    }

    /// <summary>Waits until the timeline is as wanted.</summary>
    public async Task<IReadOnlyList<TimelineLine>> WaitForTimelineAsync(Guid id, Func<IReadOnlyList<TimelineLine>, bool> wanted, string what)
    {
        IReadOnlyList<TimelineLine> lines = [];
        await Until.TrueAsync(async () => wanted(lines = await TimelineAsync(id)), Soon, what);
        return lines;
    }
}

/// <summary>How Recado is put together.</summary>
public enum Topology
{
    /// <summary>One process, SQLite, in-memory bus.</summary>
    Standalone,

    /// <summary>Five processes, RabbitMQ, PostgreSQL.</summary>
    FiveProcesses,
}

/// <summary>Something that a checkout, a partner or the gateway posts.</summary>
public sealed record Webhook(string Route, string? Authorization, string Body)
{
    public static Webhook Wiapy(string body) => new("/webhooks/wiapy", "wiapy-demo-token", body);

    public static Webhook Cart(string body) => new("/webhooks/abandoned-cart", "cart-demo-token", body);

    public static Webhook Partner(string body) => new("/api/v1/partners/demo/events", "Bearer partner-demo-key", body);

    public static Webhook Event(string body) => new("/api/v1/events", "Bearer events-demo-key", body);

    public static Webhook EzApi(string body) => new("/webhooks/ezapi/ezapi-demo-token", null, body);

    /// <summary>An example of a source document.</summary>
    public static string Payload(string file) => File.ReadAllText(Path.Combine(ServiceProcess.RepositoryRoot, "tests", "payloads", file));
}

/// <summary>What the sender hears.</summary>
/// <param name="Trace">As the header tells it.</param>
public sealed record Answer(HttpStatusCode Status, string Body, Guid Id, string? Trace = null);

/// <summary>One line of a timeline.</summary>
public sealed record TimelineLine(DateTimeOffset At, string What, string? Automation, Guid? MessageId, string? Reason, string? Detail, string? GatewayMessageId, string? TraceId = null);
