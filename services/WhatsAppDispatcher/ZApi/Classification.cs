using System.Text.Json;
using Recado.Contracts;
using Recado.WhatsAppDispatcher.Gateways;

namespace Recado.WhatsAppDispatcher.ZApi;

/// <summary>What a send came to.</summary>
/// <param name="Result">Which of the four.</param>
/// <param name="GatewayMessageId">For sent.</param>
/// <param name="Reason">For the others, <see cref="Reasons"/>.</param>
/// <param name="Detail">A status or kind of error, never the gateway's text.</param>
/// <param name="Counts">For not sent: whether it uses up an attempt.</param>
/// <param name="RetryAfter">For not sent: not before this.</param>
/// <param name="GatewayInTrouble">Counts towards opening the breaker.</param>
/// <param name="NumberRests">For not sent, where the gateway speaks of the number and not of this message: for how long it wants nothing of it, as far as it said.</param>
public sealed record SendOutcome(SendResult Result, string? GatewayMessageId = null, string? Reason = null, string? Detail = null,
    bool Counts = true, TimeSpan? RetryAfter = null, bool GatewayInTrouble = false, TimeSpan? NumberRests = null)
{
    public static SendOutcome Sent(string id) => new(SendResult.Sent, id);

    public static SendOutcome Rejected(string detail) => new(SendResult.Rejected, Reason: Reasons.GatewayRejected, Detail: detail);

    public static SendOutcome NotSent(string reason, string detail, bool counts = true, TimeSpan? retryAfter = null, bool trouble = false, TimeSpan? numberRests = null) =>
        new(SendResult.NotSent, Reason: reason, Detail: detail, Counts: counts, RetryAfter: retryAfter, GatewayInTrouble: trouble, NumberRests: numberRests);

    public static SendOutcome Uncertain(string reason, string detail, bool trouble = false) =>
        new(SendResult.Uncertain, Reason: reason, Detail: detail, GatewayInTrouble: trouble);
}

/// <summary>The four ways a send can end.</summary>
public enum SendResult
{
    /// <summary>The gateway took it and named it.</summary>
    Sent,

    /// <summary>The gateway refused this message for good.</summary>
    Rejected,

    /// <summary>It definitely did not happen: may be tried again.</summary>
    NotSent,

    /// <summary>It may have happened: never tried again blindly.</summary>
    Uncertain,
}

/// <summary>Reads the outcome off an answer or a failure. Pure.</summary>
public static class Classification
{
    // A header does not silence a shop for longer. The message that got it waits as long as was asked all the same.
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    /// <summary>Of an answer.</summary>
    public static SendOutcome Of(int status, TimeSpan? retryAfter, byte[] body, GatewaySettings gateway)
    {
        var detail = $"HTTP {status}";
        if (status is 401 or 403)
            return SendOutcome.NotSent(Reasons.GatewayUnauthorized, detail, counts: false, numberRests: TimeSpan.Zero);
        if (gateway.NotSentStatuses.Contains(status))
            return SendOutcome.NotSent(Reasons.GatewayUnreachable, detail, counts: status != 429, retryAfter, numberRests: RestOf(retryAfter));
        return status switch
        {
            >= 200 and < 300 => IdOf(body, gateway.IdField) is { } id ? SendOutcome.Sent(id) : SendOutcome.Uncertain(Reasons.UnclearAnswer, detail),
            408 => SendOutcome.Uncertain(Reasons.NoAnswer, detail, trouble: true),
            >= 300 and < 500 => SendOutcome.Rejected(detail),
            _ => SendOutcome.Uncertain(Reasons.UnclearAnswer, detail, trouble: true),
        };
    }

    /// <summary>Of a failure: only what happens before the first byte of the request is certain.</summary>
    public static SendOutcome Of(Exception failure) => failure switch
    {
#if FAULTS
        _ when Platform.Faults.PlantedBugs.RetryOnTimeout => SendOutcome.NotSent(Reasons.GatewayUnreachable, "planted"),
#endif
        HttpRequestException { InnerException: GatewayNotAllowedException } => SendOutcome.NotSent(Reasons.GatewayNotAllowed, "address not allowed", trouble: true),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } http =>
            SendOutcome.NotSent(Reasons.GatewayUnreachable, http.HttpRequestError.ToString(), trouble: true),
        HttpRequestException http => SendOutcome.Uncertain(Reasons.NoAnswer, http.HttpRequestError.ToString(), trouble: true),
        // SocketsHttpHandler reports its own connect time-out this way; our deadline for the whole send has no inner exception.
        OperationCanceledException { InnerException: TimeoutException } => SendOutcome.NotSent(Reasons.GatewayUnreachable, "connect timeout", trouble: true),
        OperationCanceledException => SendOutcome.Uncertain(Reasons.NoAnswer, "timeout", trouble: true),
        _ => SendOutcome.Uncertain(Reasons.NoAnswer, failure.GetType().Name, trouble: true),
    };

    private static TimeSpan? RestOf(TimeSpan? retryAfter) => retryAfter switch
    {
        { Ticks: > 0 } asked => asked < LongestRest ? asked : LongestRest,
        _ => null,
    };

    private static string? IdOf(byte[] body, string field)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(field, out var id)
                && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 and <= 200 } text ? text : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
