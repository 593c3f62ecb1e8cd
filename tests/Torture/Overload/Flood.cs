using System.Diagnostics;
using System.Text;
using Recado.Tests.Torture.Traffic;

namespace Recado.Tests.Torture.Overload;

/// <summary>How one request ended.</summary>
/// <param name="Status">0 when there was no answer.</param>
/// <param name="SaysWhen">It has a Retry-After of a second or more.</param>
/// <param name="Milliseconds">From the moment it was due to its answer.</param>
public sealed record Answer(int Status, bool SaysWhen, double Milliseconds)
{
    public bool IsAccepted => Status is >= 200 and < 300;

    /// <summary>Told properly to come later.</summary>
    public bool IsPutOff => Status is 429 or 503 && SaysWhen;
}

/// <summary>Sends at a fixed rate, whatever the answers are, and never again: an open loop. Only what was accepted is in the ledger.</summary>
public sealed class Flood(Uri ingest, Store store, Ledger ledger, string name) : IDisposable
{
    private const int OneOrderIn = 20;

    // More than may wait in Ingest (2,000), fewer than it lets connect (5,000): what is refused is refused by an answer.
    private const int Connections = 3000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = ingest, Timeout = TimeSpan.FromSeconds(60) };
    private int count;

    /// <summary>Returns when all is answered.</summary>
    public async Task<IReadOnlyList<Answer>> SendAsync(int perSecond, TimeSpan duration)
    {
        var (clock, sending) = (Stopwatch.StartNew(), new List<Task<Answer>>());
        using var tick = new PeriodicTimer(Tick);
        while (clock.Elapsed < duration && await tick.WaitForNextTickAsync())
            for (var due = perSecond * clock.Elapsed.TotalSeconds; sending.Count < due;)
                sending.Add(SendOneAsync(Next()));
        return await Task.WhenAll(sending);
    }

    public void Dispose() => http.Dispose();

    /// <summary>One in twenty causes a message; the others start nothing.</summary>
    private Shopper Next()
    {
        var number = ++count;
        var (phone, person) = ($"55{store.Area}9{number:00000000}", $"{name}-{number}");
        var orders = number % OneOrderIn == 0;
        var fact = orders ? Payloads.Order(store, phone, person) : Payloads.Registered(store, phone, person);
        return new(store, phone, [new(TimeSpan.Zero, fact)], orders ? [new(Bundle.OrderText + fact.Name, fact, Must: true)] : []);
    }

    private async Task<Answer> SendOneAsync(Shopper shopper)
    {
        var (clock, told, fact) = (Stopwatch.GetTimestamp(), DateTimeOffset.UtcNow, shopper.Steps[0].Fact);
        using var request = new HttpRequestMessage(HttpMethod.Post, fact.Route) { Content = new StringContent(fact.Body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", fact.Authorization);
        try
        {
            using var response = await http.SendAsync(request);
            if (response.IsSuccessStatusCode)
            {
                ledger.Comes(shopper);
                ledger.Accepted(ledger.Tells(fact, told), Guid.Parse(response.Headers.GetValues("Recado-Webhook-Id").Single()));
            }
            return new((int)response.StatusCode, response.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1), Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return new(0, false, Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }
    }
}
