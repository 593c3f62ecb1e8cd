using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Recado.Tests.GatewayEmulator;

/// <summary>One callback as it arrived.</summary>
public sealed record ReceivedPost(string Path, string? ContentType, bool HasTraceParent, JsonObject Body)
{
    public string Type => (string)Body["type"]!;

    /// <summary>For example <c>DeliveryCallback</c> or <c>MessageStatusCallback READ</c>.</summary>
    public string Label => Type == "MessageStatusCallback" ? $"{Type} {Body["status"]}" : Type;

    public string? MessageId => (string?)Body["messageId"] ?? (string?)Body["ids"]?[0];
}

/// <summary>A small web server that takes callbacks, as Recado's Ingest would.</summary>
public sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<ReceivedPost> posts = new();
    private int refusals;

    private CallbackReceiver(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First() + "/webhooks/ezapi/secret");

    public IReadOnlyList<ReceivedPost> Posts => [.. posts];

    public int Count => posts.Count;

    /// <summary>How many of the next posts are answered 503; they do not count as arrived.</summary>
    public void RefuseNext(int times) => refusals = times;

    public static async Task<CallbackReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new CallbackReceiver(app);
        app.MapPost("/{**path}", async context => context.Response.StatusCode = await receiver.TakeAsync(context));
        await app.StartAsync();
        return receiver;
    }

    /// <summary>What has arrived once there are this many; fails when they do not come.</summary>
    public async Task<IReadOnlyList<ReceivedPost>> ExpectAsync(int count)
    {
        await Eventually.TrueAsync(() => posts.Count >= count, () => $"{posts.Count} of {count} callbacks arrived");
        return Posts;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<int> TakeAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        if (Interlocked.Decrement(ref refusals) >= 0)
            return StatusCodes.Status503ServiceUnavailable;
        posts.Enqueue(new(context.Request.Path, context.Request.ContentType, context.Request.Headers.ContainsKey("traceparent"), body));
        return StatusCodes.Status200OK;
    }
}

/// <summary>Waits on a condition, never on time alone.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    public static Task TrueAsync(Func<bool> condition, Func<string> whatWas) => TrueAsync(() => Task.FromResult(condition()), whatWas);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> whatWas, TimeSpan? within = null)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var deadline = new CancellationTokenSource(within ?? Deadline);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
                Assert.Fail(whatWas());
            await clock.WaitForNextTickAsync();
        }
    }
}
