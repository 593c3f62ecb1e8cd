using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Recado.Tests.Infrastructure;

/// <summary>One post as it came, unzipped.</summary>
/// <param name="Signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
public sealed record OtlpPost(string Signal, byte[] Body);

/// <summary>Stands in for a telemetry collector: takes OTLP over HTTP/protobuf and keeps all of it.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<OtlpPost> posts = new();
    private readonly ConcurrentQueue<OtlpSpan> spans = new();
    private readonly ConcurrentDictionary<string, (long Order, OtlpMetric Metric)> metrics = new();
    private long order;

    private OtlpCollector(WebApplication app) => this.app = app;

    /// <summary>For <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string Endpoint => app.Urls.Single();

    /// <summary>Settings that make a service export here, and soon.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>All spans received so far.</summary>
    public IReadOnlyList<OtlpSpan> Spans => [.. spans];

    /// <summary>The last value of every series so far, those of processes that have ended too; the latest comes last.</summary>
    public IReadOnlyList<OtlpMetric> Metrics => [.. metrics.Values.OrderBy(each => each.Order).Select(each => each.Metric)];

    /// <summary>Everything received so far.</summary>
    public IReadOnlyList<OtlpPost> Posts => [.. posts];

    /// <summary>Starts listening on a free port of the loopback address.</summary>
    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRequestDecompression();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Ports.Free()}");
        var app = builder.Build();
        var collector = new OtlpCollector(app);
        app.UseRequestDecompression();
        app.MapPost("/v1/{signal}", collector.ReceiveAsync);
        await app.StartAsync();
        return collector;
    }

    /// <summary>Whether a text, for example a phone number, is anywhere in what was received, whatever the case.</summary>
    public bool Contains(string text) =>
        posts.Any(post => Encoding.UTF8.GetString(post.Body).Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Waits until the spans received are as wanted.</summary>
    public async Task<IReadOnlyList<OtlpSpan>> WaitForSpansAsync(Func<IReadOnlyList<OtlpSpan>, bool> wanted, TimeSpan timeout, string what)
    {
        await Until.TrueAsync(() => wanted(Spans), timeout, what);
        return Spans;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(string signal, HttpRequest request)
    {
        if (signal is not ("traces" or "metrics" or "logs"))
            return Results.NotFound();
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var post = new OtlpPost(signal, body.ToArray());
        posts.Enqueue(post);
        foreach (var span in signal == "traces" ? OtlpSpan.Parse(post.Body) : [])
            spans.Enqueue(span);
        foreach (var metric in signal == "metrics" ? OtlpMetric.Parse(post.Body) : [])
            metrics[metric.Series] = (Interlocked.Increment(ref order), metric);
        // An empty ExportServiceResponse is no bytes at all.
        return Results.Bytes(ReadOnlyMemory<byte>.Empty, "application/x-protobuf");
    }
}
