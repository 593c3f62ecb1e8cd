using System.Text.Json;
using System.Text.Json.Serialization;
using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.Hosting;

namespace Recado.Normalizer.Quarantine;

/// <summary>One webhook that was not understood, whole.</summary>
/// <param name="Channel">The partner, or the gateway's instance.</param>
/// <param name="Why">The reason in a sentence.</param>
/// <param name="ConflictsWith">The webhook that holds the same idempotency key, with another body.</param>
/// <param name="Body">What was received, byte for byte, where it is JSON.</param>
/// <param name="BodyBase64">Likewise where it is not.</param>
internal sealed record QuarantinedWebhook(
    Guid WebhookId, string Source, string? Channel, string Reason, string? Field, string Why, DateTimeOffset ReceivedAt, string State,
    DateTimeOffset? ReplayedAt, Guid? ConflictsWith, RawJson? Body, string? BodyBase64);

/// <summary>JSON that is written as it stands.</summary>
[JsonConverter(typeof(RawJsonWriter))]
internal sealed record RawJson(byte[] Utf8)
{
    /// <summary>Null where the bytes are no JSON by the standard: a byte order mark, a string that is not UTF-8.</summary>
    public static RawJson? Of(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return System.Text.Unicode.Utf8.IsValid(bytes) ? new(bytes) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed class RawJsonWriter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Utf8, skipInputValidation: true);
}

/// <summary><c>GET /api/v1/quarantine/{webhookId}</c>.</summary>
internal static class ReadQuarantined
{
    public static async Task<IResult> AnswerAsync(HttpContext http, Guid webhookId, ReaderCredentials credentials, NormalizerDatabase database)
    {
        if (credentials.StoreOf(http) is not { } store)
            return ReaderProblems.Unauthorized;
        var found = await database.Of(store).QueryAsync(
            "select reason, field, replayed_at, webhook from quarantine where store_id = @store and webhook_id = @id",
            row => Tell(QuarantinedBytes.Read(row.GetFieldValue<byte[]>(3)), new(row.GetString(0), row.GetStringOrNull(1)), row.IsDBNull(2) ? null : row.GetTime(2)),
            http.RequestAborted, ("store", store), ("id", webhookId));
        http.Response.Headers.CacheControl = "no-store"; // it holds what a sender knows of a person
        return found is [var webhook] ? TypedResults.Ok(webhook) : UnknownWebhook;
    }

    public static readonly IResult UnknownWebhook =
        Problems.Of(StatusCodes.Status404NotFound, "unknown_webhook", "This store has no such webhook in quarantine.");

    private static QuarantinedWebhook Tell(WebhookReceived webhook, QuarantineCause cause, DateTimeOffset? replayedAt)
    {
        var json = RawJson.Of(webhook.Body);
        return new(webhook.WebhookId, webhook.Source, webhook.Channel, cause.Reason, cause.Field,
            QuarantineReasons.Sentences.GetValueOrDefault(cause.Reason, "This version does not know the reason."), webhook.ReceivedAt,
            QuarantineItem.StateOf(replayedAt), replayedAt, webhook.ConflictsWith, json, json is null ? Convert.ToBase64String(webhook.Body) : null);
    }
}

/// <summary>How a quarantined webhook is kept: as the message that brought it.</summary>
internal static class QuarantinedBytes
{
    public static byte[] Of(WebhookReceived webhook) => JsonSerializer.SerializeToUtf8Bytes(webhook, ContractsJson.Default.WebhookReceived);

    public static WebhookReceived Read(byte[] stored) => JsonSerializer.Deserialize(stored, ContractsJson.Default.WebhookReceived)!;
}
