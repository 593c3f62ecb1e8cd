using Recado.Platform.Hosting;

namespace Recado.Ingest.Events;

/// <summary>Refusals of the Events API: problem details (RFC 9457) with a stable <c>code</c>.</summary>
internal static class EventProblems
{
    /// <summary>The sender used an id again with another content.</summary>
    public const string IdConflict = "id_conflict";

    /// <summary>A problem that is about the whole request.</summary>
    public static IResult Of(int status, string code) => Problems.Of(status, code, TitleOf(code));

    /// <summary>400 that names each wrong field.</summary>
    public static IResult Invalid(string code, Dictionary<string, string[]> errors) => Problems.Invalid(code, TitleOf(code), errors);

    private static string TitleOf(string code) => code switch
    {
        "unauthorized" => "Show the store's Events API key as a bearer token.",
        "invalid_signature" => "Sign the request (Standard Webhooks): webhook-id, webhook-timestamp within the tolerance, webhook-signature with a secret of this key.",
        "too_many_requests" => "The store sends more than it may. Come again after Retry-After seconds.",
        "too_many_failures" => "Too many requests with wrong credentials came from this address. Come again after Retry-After seconds.",
        "too_complex" => "The body has too many names in an object, too many items in a list, or too long a text.",
        "invalid_event" => "The event is not valid.",
        "invalid_batch" => "The batch is not valid.",
        IdConflict => "This id was already used with another content.",
        "malformed_json" => "The body is not well-formed JSON: one value, valid text, no name twice in an object, not too deep.",
        "body_too_large" => "The body is too large.",
        "compressed_body" => "Compressed bodies are not taken.",
        "incomplete_body" => "The body ended too early.",
        "unavailable" => "It could not be stored in time. Send it again; what was stored already is recognised by its id.",
        _ => "The request was refused.",
    };
}
