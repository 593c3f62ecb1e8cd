using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recado.Tests.Benchmarks.Bare.Stages;

namespace Recado.Tests.Benchmarks.Bare;

/// <summary>
/// The bare pipeline: what a good engineer would write by hand to take the same bytes through the same durable hops into
/// the same rows, without a domain. All in one process, which is the stronger yardstick on a small machine: five would
/// pay five times for their runtimes and switch between them, and gain nothing while there are fewer cores than stages.
/// </summary>
public static class BareHost
{
    /// <summary>By which this program becomes the bare pipeline.</summary>
    public const string Verb = "bare-host";

    /// <summary>What it writes when it listens.</summary>
    public const string ReadyWord = "bare pipeline ready";

    private static readonly byte[] Answer = "{\"status\":\"success\"}"u8.ToArray();

    public static async Task RunAsync(BareSettings settings)
    {
        await using var database = new BareDatabase(settings.Database);
        var broker = await BareBroker.ConnectAsync(settings.Broker);
        using var gateway = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Sending.Hands, UseCookies = false, UseProxy = false }) { BaseAddress = new(settings.Gateway) };
        var intake = await StartStagesAsync(database, broker, gateway);
        await ServeAsync(settings.Port, intake);
    }

    private static async Task<Intake> StartStagesAsync(BareDatabase database, BareBroker broker, HttpClient gateway)
    {
        async Task<Stage> StageAsync(string schema, BareOutbox outbox) => new(await database.ConnectAsync(), schema, outbox);
        Task<BareOutbox> OutboxAsync(string schema) => BareOutbox.OpenAsync(schema, broker, database);
        var (ingest, normalizer, matcher, renderer, dispatcher) = (await OutboxAsync("ingest"), await OutboxAsync("normalizer"),
            await OutboxAsync("automation_matcher"), await OutboxAsync("template_renderer"), await OutboxAsync("whatsapp_dispatcher"));

        var normalizing = await StageAsync("normalizer", normalizer);
        var (matching, following) = (await StageAsync("automation_matcher", matcher), await StageAsync("automation_matcher", matcher));
        var rendering = await StageAsync("template_renderer", renderer);
        var receipts = await StageAsync("whatsapp_dispatcher", dispatcher);
        var sending = new Sending(await StageAsync("whatsapp_dispatcher", dispatcher), await database.ConnectAsync(), await StageAsync("whatsapp_dispatcher", dispatcher), gateway);
        await sending.TakeUpAsync(await database.ConnectAsync());

        await broker.ConsumeAsync(Hop.WebhookReceived, slips => Normalizing.HandleAsync(normalizing, slips));
        await broker.ConsumeAsync(Hop.CommerceEvent, slips => Matching.HandleAsync(matching, slips));
        await broker.ConsumeAsync(Hop.MessageRequested, slips => Rendering.HandleAsync(rendering, slips));
        await broker.ConsumeAsync(Hop.MessageRendered, sending.HandleAsync);
        await broker.ConsumeAsync(Hop.GatewayReceipt, slips => Receipts.HandleAsync(receipts, slips));
        await broker.ConsumeAsync(Hop.StatusChanged, slips => Following.HandleAsync(following, slips));
        return new Intake(await StageAsync("ingest", ingest), await StageAsync("ingest", ingest));
    }

    private static async Task ServeAsync(int port, Intake intake)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.AddFilter(level => level >= LogLevel.Warning);
        await using var app = builder.Build();
        app.Run(async context =>
        {
            var body = await ReadAsync(context.Request.BodyReader);
            await intake.TakeAsync(body, context.Request.Path.StartsWithSegments("/webhooks/ezapi", StringComparison.Ordinal));
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Answer.Length;
            await context.Response.BodyWriter.WriteAsync(Answer);
        });
        await app.StartAsync();
        Console.WriteLine(ReadyWord);
        await app.WaitForShutdownAsync();
    }

    private static async Task<byte[]> ReadAsync(PipeReader reader)
    {
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
