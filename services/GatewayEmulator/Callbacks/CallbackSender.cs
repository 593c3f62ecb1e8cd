using System.Diagnostics;
using System.Net.Http.Headers;
using Recado.GatewayEmulator.Instances;

namespace Recado.GatewayEmulator.Callbacks;

/// <summary>Posts callbacks when they are due, with a few workers and one client for all.</summary>
public sealed class CallbackSender(
    GatewayInstances instances, EmulatorOptions options, Counts counts, TimeProvider time, ILogger<CallbackSender> log) : BackgroundService
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly DueQueue<CallbackChain> queue = new(time);
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        // The real gateway knows nothing of traces.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = options.CallbackConcurrency,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    private int pending;
    private int failing;

    /// <summary>Chains that have not finished.</summary>
    public int Pending => Volatile.Read(ref pending);

    /// <summary>Starts the chain now.</summary>
    public void Schedule(CallbackChain chain)
    {
        chain.Start(time.GetUtcNow());
        if (chain.IsFinished)
            return;
        Interlocked.Increment(ref pending);
        queue.Add(chain, chain.Due);
    }

    public override void Dispose()
    {
        queue.Dispose();
        client.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.CallbackConcurrency).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stop)
    {
        await foreach (var chain in queue.TakeAsync(stop))
        {
            await GoOnAsync(chain, stop);
            if (chain.IsFinished)
                Interlocked.Decrement(ref pending);
            else
                queue.Add(chain, chain.Due);
        }
    }

    private async Task GoOnAsync(CallbackChain chain, CancellationToken stop)
    {
        var body = chain.GoOut(time.GetUtcNow());
        if (instances.CallbackUrl(chain.InstanceId, chain.Step.Kind) is not { } url)
        {
            chain.Next();
        }
        else if (await TryPostAsync(url, body, stop))
        {
            counts.CallbackTaken();
            Volatile.Write(ref failing, 0);
            chain.Next();
        }
        else
        {
            counts.CallbackFailed();
            if (Interlocked.Exchange(ref failing, 1) == 0)
                log.LogWarning("Callbacks of instance {InstanceId} are not taken; each is repeated for two minutes.", chain.InstanceId);
            chain.Failed(time.GetUtcNow());
        }
    }

    private async Task<bool> TryPostAsync(Uri url, byte[] body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) { Headers = { ContentType = Json } } };
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
