using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using Recado.Platform.Data;

namespace Recado.Normalizer.Quarantine;

/// <summary>The parameters of the list, as text: what is wrong with one is said under its name.</summary>
internal sealed record QuarantineQuery(
    [property: Description("wiapy, abandoned-cart, partner, events or ezapi.")] string? Source,
    [property: Description("A code such as unknown_status.")] string? Reason,
    [property: Description("Arrived then or later. ISO 8601.")] string? From,
    [property: Description("Arrived before. ISO 8601.")] string? To,
    [property: Description("Items per page, 1 to 200; 50 where absent.")] string? Limit,
    [property: Description("The next of the page before.")] string? Cursor);

/// <summary>One page, newest first.</summary>
/// <param name="Next">The cursor of the next page; absent on the last.</param>
internal sealed record QuarantinePage(
    IReadOnlyList<QuarantineItem> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next);

/// <summary>One webhook that was not understood.</summary>
/// <param name="Reason">One of <see cref="QuarantineReasons"/>, from the newest attempt.</param>
/// <param name="Field">The field it is about; absent where it is about none.</param>
/// <param name="State"><c>quarantined</c>, or <c>replayed</c> once it was understood.</param>
internal sealed record QuarantineItem(
    Guid WebhookId, string Source, string Reason, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field,
    DateTimeOffset ReceivedAt, string State, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ReplayedAt)
{
    public static string StateOf(DateTimeOffset? replayedAt) => replayedAt is null ? "quarantined" : "replayed";
}

/// <summary><c>GET /api/v1/quarantine</c>.</summary>
internal static class ListQuarantine
{
    private const int UsualLimit = 50;
    private const int GreatestLimit = 200;

    public static async Task<IResult> AnswerAsync(HttpContext http, [AsParameters] QuarantineQuery query, ReaderCredentials credentials, NormalizerDatabase database)
    {
        if (credentials.StoreOf(http) is not { } store)
            return ReaderProblems.Unauthorized;
        var errors = new Dictionary<string, string[]>();
        var filter = QuarantineFilter.Read(query.Source, query.Reason, query.From, query.To, errors);
        var limit = UsualLimit;
        if (query.Limit is not null && (!int.TryParse(query.Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > GreatestLimit))
            errors["limit"] = [$"Give a number from 1 to {GreatestLimit}."];
        var cursor = Cursor.Last;
        if (query.Cursor is { Length: > 0 } && !Cursor.TryParse(query.Cursor, out cursor))
            errors["cursor"] = ["Give the next of the page before, unchanged."];
        return errors.Count > 0 ? ReaderProblems.Invalid(errors) : TypedResults.Ok(PageOf(await ReadAsync(database, store, filter, cursor, limit + 1, http.RequestAborted), limit));
    }

    private static QuarantinePage PageOf(List<QuarantineItem> items, int limit)
    {
        if (items.Count <= limit)
            return new(items, null);
        items.RemoveAt(limit);
        return new(items, new Cursor(items[^1].ReceivedAt, items[^1].WebhookId).ToString());
    }

    /// <summary>The newest of a store, as many as the limit, after the cursor.</summary>
    internal static Task<List<QuarantineItem>> ReadAsync(
        NormalizerDatabase database, string store, QuarantineFilter filter, Cursor after, int limit, CancellationToken cancellation) =>
        database.Of(store).QueryAsync(
            """
            select webhook_id, source, reason, field, received_at, replayed_at from quarantine
            where store_id = @store and (@source = '' or source = @source) and (@reason = '' or reason = @reason)
              and received_at >= @from and received_at < @to and (received_at, webhook_id) < (@at, @id)
            order by received_at desc, webhook_id desc limit @limit
            """,
            row =>
            {
                var replayedAt = row.IsDBNull(5) ? (DateTimeOffset?)null : row.GetTime(5);
                return new QuarantineItem(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetStringOrNull(3), row.GetTime(4), QuarantineItem.StateOf(replayedAt), replayedAt);
            },
            cancellation, [("store", store), .. filter.Arguments, ("at", after.At), ("id", after.WebhookId), ("limit", limit)]);
}
