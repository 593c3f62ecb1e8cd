using Recado.Platform.Data;

namespace Recado.Platform.DeadLetters;

/// <summary>What an operator does with dead letters: looks at them, and, once their cause is mended, tries them again.</summary>
public static class DeadLetterDesk
{
    /// <summary>One line of the list.</summary>
    /// <param name="Error">The kind of error, never its text.</param>
    /// <param name="RequeuedAt">When it was tried again; it comes back here if it fails again.</param>
    public sealed record Line(Guid Id, string Queue, Guid? MessageId, string Reason, string Error, DateTimeOffset DiedAt, int Times, DateTimeOffset? RequeuedAt);

    /// <summary>All of them, the oldest first.</summary>
    public static Task<List<Line>> DeadLettersAsync(this Database database, CancellationToken cancellation) => database.QueryAsync(
        "select dead_letter_id, queue, message_id, reason, error, died_at, times, requeued_at from dead_letters order by died_at, dead_letter_id",
        row => new Line(row.GetGuid(0), row.GetString(1), row.GetOrNull<Guid>(2), row.GetString(3), row.GetString(4), row.GetTime(5), row.GetInt32(6), row.GetOrNull<DateTimeOffset>(7)),
        cancellation);

    /// <summary>
    /// Publishes them again, with their own ids: whoever has handled a message drops it. Not those whose end others were
    /// told of (a message that failed stays failed), and not what has no id.
    /// </summary>
    /// <param name="id">One of them, or null for all.</param>
    /// <returns>How many will be published again.</returns>
    public static Task<int> RequeueAsync(this Database database, Guid? id, DateTimeOffset now, CancellationToken cancellation) => database.InTransactionAsync(async transaction =>
    {
        var letters = await transaction.QueryAsync(
            """
            select dead_letter_id, message_id, wire_name, body, trace from dead_letters
            where requeued_at is null and message_id is not null and wire_name not in ('recado.message-requested', 'recado.message-rendered')
                and (dead_letter_id = @id or @all)
            order by died_at, dead_letter_id for update skip locked
            """,
            row => (Id: row.GetGuid(0), Row: new Outbox.OutboxRow(Guid.CreateVersion7(), row.GetGuid(1), row.GetString(2), row.GetFieldValue<byte[]>(3), row.GetStringOrNull(4), now)),
            cancellation, ("id", id ?? Guid.Empty), ("all", id is null));
        foreach (var (_, row) in letters)
            transaction.PublishAgain(row);
        await transaction.ExecuteAsync("update dead_letters set requeued_at = @now where dead_letter_id = any(@ids)", cancellation,
            ("now", now), ("ids", letters.Select(letter => letter.Id).ToArray()));
        return letters.Count;
    }, cancellation);
}
