using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recado.Platform.Batching;
using Recado.Platform.Credentials;
using Recado.Platform.Data;
using Recado.Platform.Faults;

namespace Recado.Ingest.Accepting;

/// <summary>What every route does: read within limits, let the source identify the fact, store, answer.</summary>
internal sealed class Reception(AcceptWebhooks webhooks, IOptions<IngestOptions> options, TimeProvider time, ILogger<Reception> log)
{
    /// <summary>Takes one webhook in.</summary>
    /// <param name="credential">Who sends; already checked, before anything of the body was read.</param>
    /// <param name="source">How this source identifies, validates and answers.</param>
    public Task<IResult> TakeAsync(HttpContext http, Credential credential, ISourceRoute source)
    {
        var limit = source.IsCallback ? options.Value.MaxCallbackBytes : options.Value.MaxBodyBytes;
        return ReadAsync(http, limit, JsonBody.Levels, source.Refuse, async (root, body) =>
        {
            var (key, invalid) = source.Identify(http.Request, root, time.GetUtcNow());
            if (key is null)
                return invalid!;
            var accepted = await webhooks.AcceptAsync(Incoming(credential, body, key));
            CrashPoints.Reach(CrashPoints.WebhookCommitted);
            OnAnswered(http);
            http.Response.Headers["Recado-Webhook-Id"] = accepted.WebhookId.ToString(); // the timeline is found by it
            if (accepted.Outcome == Outcome.Repeat)
                http.Response.Headers["Idempotent-Replay"] = "true";
            return source.Answer(accepted);
        });
    }

    /// <summary>Reads a body and does something with it that ends in commits; trouble of ours is 503, never a false answer.</summary>
    public async Task<IResult> ReadAsync(HttpContext http, int limit, int levels, Func<Refusal, IResult> refuse, Func<JsonElement, byte[], Task<IResult>> take)
    {
        var (body, refusal) = await JsonBody.ReadAsync(http, limit);
        if (body is null)
            return refuse(refusal!);
        CrashPoints.Reach(CrashPoints.BodyRead);
        var (document, malformed) = JsonBody.Parse(body, levels);
        if (document is null)
            return refuse(malformed!);
        using (document)
        {
            try
            {
                return await take(document.RootElement, body);
            }
            catch (Exception exception) when (exception is BacklogFullException or TimeoutException || Outage.Is(exception))
            {
                log.LogWarning("Not accepted, the sender is asked to come again: {Error}", exception.Message);
                http.Response.Headers.RetryAfter = "1";
                return refuse(new(StatusCodes.Status503ServiceUnavailable, "unavailable"));
            }
        }
    }

    [Conditional("FAULTS")]
    private static void OnAnswered(HttpContext http) => http.Response.OnCompleted(() =>
    {
        CrashPoints.Reach(CrashPoints.WebhookAnswered);
        return Task.CompletedTask;
    });

    /// <summary>A webhook as it is stored, received now.</summary>
    public Incoming Incoming(Credential credential, byte[] body, IdempotencyKey key) =>
        new(credential.StoreId, credential.Source, credential.Channel, body, key, time.GetUtcNow(), Activity.Current?.Context ?? default);
}

/// <summary>What is particular to one source.</summary>
internal interface ISourceRoute
{
    /// <summary>True for gateway callbacks, which may be larger.</summary>
    bool IsCallback => false;

    /// <summary>The identity of the fact, or the documented refusal where the document says that content is checked here.</summary>
    (IdempotencyKey? Key, IResult? Invalid) Identify(HttpRequest request, JsonElement body, DateTimeOffset now);

    /// <summary>The documented answer to a stored webhook.</summary>
    IResult Answer(Accepted accepted);

    /// <summary>The answer to a body that cannot be read, or not be stored in time.</summary>
    IResult Refuse(Refusal refusal) => Answers.Json(refusal.Status, $$"""{"error":"{{refusal.Code}}"}""");
}
