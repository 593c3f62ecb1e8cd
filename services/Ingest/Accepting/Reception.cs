using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recado.Platform.Batching;
using Recado.Platform.Credentials;
using Recado.Platform.Data;

namespace Recado.Ingest.Accepting;

/// <summary>What every route does: read within limits, let the source identify the fact, store, answer.</summary>
internal sealed class Reception(AcceptWebhooks webhooks, IOptions<IngestOptions> options, TimeProvider time, ILogger<Reception> log)
{
    /// <summary>Takes one webhook in.</summary>
    /// <param name="credential">Who sends; already checked, before anything of the body was read.</param>
    /// <param name="source">How this source identifies, validates and answers.</param>
    public async Task<IResult> TakeAsync(HttpContext http, Credential credential, ISourceRoute source)
    {
        var (body, refusal) = await JsonBody.ReadAsync(http, source.IsCallback ? options.Value.MaxCallbackBytes : options.Value.MaxBodyBytes);
        if (body is null)
            return source.Refuse(refusal!);
        var (document, malformed) = JsonBody.Parse(body);
        if (document is null)
            return source.Refuse(malformed!);
        using (document)
        {
            var (key, invalid) = source.Identify(http.Request, document.RootElement, time.GetUtcNow());
            return key is null ? invalid! : await StoreAsync(http, credential, source, body, key);
        }
    }

    private async Task<IResult> StoreAsync(HttpContext http, Credential credential, ISourceRoute source, byte[] body, IdempotencyKey key)
    {
        try
        {
            var accepted = await webhooks
                .AcceptAsync(new(credential.StoreId, credential.Source, credential.Channel, body, key, time.GetUtcNow(), Activity.Current?.Context ?? default))
                .WaitAsync(options.Value.CommitTimeout);
            http.Response.Headers["Recado-Webhook-Id"] = accepted.WebhookId.ToString(); // the timeline is found by it
            if (accepted.Outcome == Outcome.Repeat)
                http.Response.Headers["Idempotent-Replay"] = "true";
            return source.Answer(accepted);
        }
        catch (Exception exception) when (exception is BacklogFullException or TimeoutException || Outage.Is(exception))
        {
            log.LogWarning("Not accepted, the sender is asked to come again: {Error}", exception.Message);
            http.Response.Headers.RetryAfter = "1";
            return Answers.Json(StatusCodes.Status503ServiceUnavailable, """{"error":"unavailable"}""");
        }
    }
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

    /// <summary>The answer to a body that cannot be read.</summary>
    IResult Refuse(Refusal refusal) => Answers.Json(refusal.Status, $$"""{"error":"{{refusal.Code}}"}""");
}
