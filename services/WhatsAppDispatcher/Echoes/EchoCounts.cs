using System.Globalization;
using Recado.Platform.Data;

namespace Recado.WhatsAppDispatcher.Echoes;

/// <summary>Counts what became of echoes, by store and day.</summary>
internal static class EchoCounts
{
    /// <param name="what"><c>settled</c> an uncertain send, of a send already <c>known</c>, <c>unmatched</c> for 72 h, or with <c>no_phone</c> to match by.</param>
    /// <param name="stores">The store of each echo.</param>
    public static void Add(string what, IEnumerable<string> stores, Transaction transaction, DateTimeOffset now) =>
        transaction.WriteEach(
            """
            insert into echo_counts (store_id, what, day, count) values (@store, @what, @day, @count)
            on conflict (store_id, what, day) do update set count = echo_counts.count + excluded.count
            """,
            [.. stores.CountBy(store => store).OrderBy(pair => pair.Key, StringComparer.Ordinal)],
            pair =>
            [
                ("store", pair.Key), ("what", what), ("day", now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("count", (long)pair.Value),
            ]);
}
