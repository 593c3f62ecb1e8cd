using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recado.Ingest.Entrance;
using Recado.Ingest.Signatures;
using Recado.Platform.Batching;
using Recado.Platform.Credentials;
using Recado.Platform.Data;
using Recado.Platform.Faults;
using Recado.Platform.Telemetry;

namespace Recado.Ingest.Accepting;

/// <summary>What every route does: ask at the door, read within limits, let the source identify the fact, store, answer.</summary>
internal sealed class Reception(Door door, AcceptWebhooks webhooks, IOptions<IngestOptions> options, TimeProvider time, RefusalLog refusals)
{
    /// <summary>Takes one webhook in.</summary>
    /// <param name="token">As the sender showed it.</param>
    /// <param name="source">How this source identifies, validates and answers.</param>
    /// <param name="channel">Whose key it must be, where the address says so.</param>
    public Task<IResult> TakeAsync(HttpContext http, string? token, ISourceRoute source, string? channel = null)
    {
        var (bytes, json) = source.IsCallback ? (options.Value.MaxCallbackBytes, JsonLimits.OfCallbacks) : (options.Value.MaxBodyBytes, JsonLimits.OfWebhooks);
        return EnterAsync(http, token, source, channel, bytes, json, async arrival =>
        {
            var (key, invalid) = source.Identify(http.Request, arrival.Root, time.GetUtcNow(), arrival.SignedId);
            if (key is null)
            {
                IngestMetrics.Refuse(source.Source, "invalid");
                return invalid!;
            }
            var accepted = await webhooks.AcceptAsync(Incoming(arrival.Credential, arrival.Body, key));
            CrashPoints.Reach(CrashPoints.WebhookCommitted);
            OnAnswered(http);
            http.Response.Headers["Recado-Webhook-Id"] = accepted.WebhookId.ToString(); // the timeline is found by it
            if (accepted.Outcome == Outcome.Repeat)
                http.Response.Headers["Idempotent-Replay"] = "true";
            return source.Answer(accepted);
        });
    }

    /// <summary>
    /// Lets a request in and does something with it that ends in commits. The order is the protection: who sends, then how
    /// much of a body, then its signature, and only then what it says. Trouble of ours is 503, never a false answer.
    /// </summary>
    public async Task<IResult> EnterAsync(HttpContext http, string? token, ISourceRoute source, string? channel, int limit, JsonLimits limits, Func<Arrival, Task<IResult>> take)
    {
        var (credential, shut) = door.Open(http, token, source.Source, channel);
        if (credential is null)
            return Refuse(http, source, shut!);
        if (Activity.Current is { IsAllDataRequested: true } span)
            span.SetTag(SpanTags.Store, credential.StoreId);
        var (body, unread) = await JsonBody.ReadAsync(http, limit);
        if (body is null)
            return Refuse(http, source, unread!);
        CrashPoints.Reach(CrashPoints.BodyRead);
        var signature = credential.Signing is null ? null : WebhookSignature.Of(http.Request);
        if (credential.Signing is { } signing && signature?.IsGood(signing, body, time.GetUtcNow()) != true)
            return Refuse(http, source, door.Unsigned(http));
        var (document, malformed) = JsonBody.Parse(body, limits);
        if (document is null)
            return Refuse(http, source, malformed!);
        using (document)
            return await DoAsync(http, source, () => take(new(credential, document.RootElement, body, signature?.Id)));
    }

    /// <summary>The documented form of a refusal, with the time after which it is worth to come again.</summary>
    public static IResult Refuse(HttpContext http, ISourceRoute source, Refusal refusal)
    {
        IngestMetrics.Refuse(source.Source, refusal.Code);
        if (refusal.RetryAfter is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return source.Refuse(refusal);
    }

    /// <summary>A webhook as it is stored, received now.</summary>
    public Incoming Incoming(Credential credential, byte[] body, IdempotencyKey key) =>
        new(credential.StoreId, credential.Source, credential.Channel, body, key, time.GetUtcNow(), Activity.Current?.Context ?? default);

    private async Task<IResult> DoAsync(HttpContext http, ISourceRoute source, Func<Task<IResult>> take)
    {
        try
        {
            return await take();
        }
        catch (Exception exception) when (exception is BacklogFullException or TimeoutException || Outage.Is(exception))
        {
            refusals.Note(exception);
            return Refuse(http, source, new(StatusCodes.Status503ServiceUnavailable, "unavailable", RetryAfter: 1));
        }
    }

    [Conditional("FAULTS")]
    private static void OnAnswered(HttpContext http) => http.Response.OnCompleted(() =>
    {
        CrashPoints.Reach(CrashPoints.WebhookAnswered);
        return Task.CompletedTask;
    });
}

/// <summary>A request that came in: whose it is, and what it says.</summary>
/// <param name="Body">The bytes as they came.</param>
/// <param name="SignedId">The <c>webhook-id</c>, where a signature vouches for it.</param>
internal sealed record Arrival(Credential Credential, JsonElement Root, byte[] Body, string? SignedId);
