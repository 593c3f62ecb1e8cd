using Recado.Contracts;
using Recado.Ingest.Accepting;
using Recado.Platform.Credentials;

namespace Recado.Ingest.Entrance;

/// <summary>Who may come in, and how much: decided before anything of the body is read.</summary>
internal sealed class Door(SenderCredentials credentials, FailedAttempts failures, SendingRates rates)
{
    /// <summary>The credential of a request, or why it is refused.</summary>
    /// <param name="token">As the sender showed it.</param>
    /// <param name="source">Which source the route takes.</param>
    /// <param name="channel">Whose key it must be, where the address says so.</param>
    public (Credential? Credential, Refusal? Refusal) Open(HttpContext http, string? token, string source, string? channel = null)
    {
        if (credentials.Find(http, token, source) is { } credential && (channel is null || credential.Channel == channel))
            return Count(credential, 1) is { } refusal ? (null, refusal) : (credential, null);
        // The address of the connection, never one that a header claims (Server:TrustedProxies apart). A good token is let in
        // all the same: behind a proxy that nobody named, one who guesses has the address of all others.
        return (null, failures.Note(http.Connection.RemoteIpAddress) is { } locked
            ? TooMuch(source, "too_many_failures", locked)
            : new(StatusCodes.Status401Unauthorized, "unauthorized"));
    }

    /// <summary>Counts webhooks of a sender; a refusal where they are too many.</summary>
    public Refusal? Count(Credential credential, int webhooks) =>
        rates.Take(credential, webhooks) is { } wait ? TooMuch(credential.Source, "too_many_requests", wait) : null;

    /// <summary>The token was good, but the signature was not.</summary>
    public Refusal Unsigned(HttpContext http)
    {
        failures.Note(http.Connection.RemoteIpAddress);
        return new(StatusCodes.Status401Unauthorized, "invalid_signature");
    }

    /// <summary>429 for those who read a document of ours. The others may take a 4xx for final and never send it again: 503.</summary>
    private static Refusal TooMuch(string source, string code, TimeSpan wait) =>
        new(source is Sources.Partner or Sources.Events ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable,
            code, RetryAfter: Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
}
