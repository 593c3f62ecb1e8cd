using Recado.AutomationMatcher.Journeys;
using Recado.Contracts;
using Recado.Platform.Data;

namespace Recado.AutomationMatcher.Commerce;

/// <summary>Counts purchases that a reminder went before, each once however many reminders there were.</summary>
internal static class RecoveredRevenue
{
    /// <param name="purchases">Each with the journeys that may have brought it about.</param>
    public static async Task CountAsync(string store, List<(CommerceEvent Purchase, IReadOnlyList<Journey> Reminders)> purchases, Transaction transaction, CancellationToken cancellation)
    {
        if (purchases.Count == 0)
            return;
        var sent = await transaction.QueryAsync(
            "select distinct event_id from timeline where store_id = @store and event_id = any(@ids) and what in ('sent', 'delivered', 'read')",
            row => row.GetGuid(0), cancellation, ("store", store),
            ("ids", purchases.SelectMany(each => each.Reminders).Select(journey => journey.EventId).Distinct().ToArray()));
        List<Money> recovered = [.. purchases.Where(each => each.Reminders.Any(journey => sent.Contains(journey.EventId))).Select(each => Recovery.ValueOf(each.Purchase)!)];
        transaction.OnCommitted(() => recovered.ForEach(MatcherMetrics.Recover));
    }
}
