using System.Net;
using System.Text;
using System.Text.Json;

namespace Recado.Tests.Torture.Traffic;

/// <summary>Tells facts to Ingest until they are accepted, as checkouts do, and keeps the ledger.</summary>
/// <param name="ingest">By default.</param>
/// <param name="replica">Where the second of two connections leads; null: to the same process.</param>
public sealed class Sender(Uri ingest, Uri? replica, Ledger ledger, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    // A sender's patience; what comes later is told again.
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>The two ways in for whatever is told twice at once.</summary>
    public IReadOnlyList<Uri> Doors => [ingest, replica ?? ingest];

    /// <summary>One fact, until its 2xx.</summary>
    public Task TellAsync(Fact fact, CancellationToken giveUp, Uri? door = null)
    {
        var entry = ledger.Tells(fact, time.GetUtcNow());
        return UntilAcceptedAsync(fact.Name, new(door ?? ingest, fact.Route), fact.Authorization, fact.Body, response =>
        {
            ledger.Accepted(entry, Guid.Parse(response.Headers.GetValues("Recado-Webhook-Id").Single()));
            return Task.CompletedTask;
        }, giveUp);
    }

    /// <summary>Many events of one store in one request, until all have their 2xx.</summary>
    public Task TellTogetherAsync(IReadOnlyList<Fact> facts, CancellationToken giveUp)
    {
        var entries = facts.Select(fact => ledger.Tells(fact, time.GetUtcNow())).ToList();
        var body = $$"""{"events":[{{string.Join(',', facts.Select(fact => fact.Body))}}]}""";
        return UntilAcceptedAsync(facts[0].Name, new(ingest, "/api/v1/events/batch"), facts[0].Authorization, body, async response =>
        {
            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(giveUp), default, giveUp);
            foreach (var result in answer.RootElement.GetProperty("results").EnumerateArray())
            {
                if (result.TryGetProperty("id", out var id))
                    ledger.Accepted(entries[result.GetProperty("index").GetInt32()], id.GetGuid());
                else
                    ledger.Refusals.Enqueue($"{facts[0].Name}: {result.GetRawText()}");
            }
        }, giveUp);
    }

    public void Dispose() => http.Dispose();

    private async Task UntilAcceptedAsync(string name, Uri route, string? authorization, string body, Func<HttpResponseMessage, Task> accepted, CancellationToken giveUp)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                if (authorization is not null)
                    request.Headers.TryAddWithoutValidation("Authorization", authorization);
                using var response = await http.SendAsync(request, giveUp);
                if (response.IsSuccessStatusCode)
                {
                    await accepted(response);
                    return;
                }
                if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                {
                    ledger.Refusals.Enqueue($"{name}: HTTP {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(giveUp)}");
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !giveUp.IsCancellationRequested))
            {
                // no answer: told again, as after 503 and 429
            }
            await Task.Delay(Pause, giveUp);
        }
    }
}
