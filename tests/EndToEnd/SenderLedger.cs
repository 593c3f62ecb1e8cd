using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace Recado.Tests.EndToEnd;

/// <summary>A sender that repeats each webhook until it is accepted, as checkouts do, and remembers what was.</summary>
public sealed class SenderLedger(RunningRecado recado, string area)
{
    private readonly ConcurrentDictionary<string, Guid> _accepted = new();
    private int _count;

    /// <summary>Phone to webhook id, of everything that was answered with a 2xx.</summary>
    public IReadOnlyDictionary<string, Guid> Accepted => _accepted;

    /// <summary>Answers that were neither accepted nor 503, nor a broken connection.</summary>
    public ConcurrentBag<HttpStatusCode> Unexpected { get; } = [];

    /// <summary>Sends distinct events, a few at a time, until told to stop; then ends when the last is accepted.</summary>
    public async Task SendUntilAsync(CancellationToken stop, int senders = 4, TimeSpan? deadline = null)
    {
        using var limit = new CancellationTokenSource(deadline ?? TimeSpan.FromMinutes(3));
        await Task.WhenAll(Enumerable.Range(0, senders).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
                await SendOneAsync(limit.Token);
        }));
    }

    /// <summary>Sends that many.</summary>
    public async Task SendAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) => await SendOneAsync(limit.Token));
    }

    private async Task SendOneAsync(CancellationToken limit)
    {
        var phone = $"55{area}9{Interlocked.Increment(ref _count).ToString("00000000", CultureInfo.InvariantCulture)}";
        var webhook = Webhook.Event($$$"""{"id":"ledger-{{{phone}}}","type":"customer.registered","customer":{"name":"Rita","phone":"+{{{phone}}}"}}""");
        while (true)
        {
            limit.ThrowIfCancellationRequested();
            if (await TryAsync(webhook) is { } id)
            {
                _accepted[phone] = id;
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit); // a sender's pause before it repeats, not a wait for a result
        }
    }

    private async Task<Guid?> TryAsync(Webhook webhook)
    {
        try
        {
            var answer = await recado.PostAsync(webhook);
            if (answer.Status == HttpStatusCode.OK)
                return answer.Id;
            if (answer.Status != HttpStatusCode.ServiceUnavailable)
                Unexpected.Add(answer.Status);
        }
        catch (HttpRequestException)
        {
            // the process is being killed or started
        }
        return null;
    }
}
