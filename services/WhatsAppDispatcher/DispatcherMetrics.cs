using System.Diagnostics.Metrics;
using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;
using Recado.WhatsAppDispatcher.ZApi;

namespace Recado.WhatsAppDispatcher;

/// <summary>What became of messages, and what gateways answered.</summary>
internal static class DispatcherMetrics
{
    /// <summary>An outcome of a send that definitely did not happen and will be tried again.</summary>
    public const string Retried = "retried";

    /// <summary>An outcome: an uncertain send turned out to be sent.</summary>
    public const string Settled = "settled";

    private static readonly Counter<long> Sends = Instruments.Counter("recado.sends", "{message}", "What became of messages, by outcome and reason.");
    private static readonly Counter<long> Receipts = Instruments.Counter("recado.receipts", "{receipt}", "Receipts of the gateway, by status.");
    private static readonly Histogram<double> Gateway = Instruments.Seconds("recado.gateway.duration", "Time that a gateway took to answer a send, or to fail.");

    public static void Begin()
    {
        Sends.Add(0, Instruments.Tag("outcome", MessageStatuses.Sent), Instruments.Tag("reason", "none"));
        foreach (var reason in (string[])[Reasons.NoAnswer, Reasons.UnclearAnswer, Reasons.ProcessDied])
            Sends.Add(0, Instruments.Tag("outcome", MessageStatuses.Uncertain), Instruments.Tag("reason", reason));
    }

    /// <summary>Counts when the transaction is committed.</summary>
    /// <param name="messages">Outcome: <c>sent, failed, suppressed, uncertain</c> or one of the constants here; reason: one of <see cref="Reasons"/>, or null.</param>
    public static void CountSends(IEnumerable<(string Outcome, string? Reason)> messages, Transaction transaction)
    {
        var counts = messages.CountBy(message => message).ToList();
        if (counts.Count > 0)
            transaction.OnCommitted(() => counts.ForEach(each => Sends.Add(each.Value, Instruments.Tag("outcome", each.Key.Outcome), Instruments.Tag("reason", each.Key.Reason ?? "none"))));
    }

    /// <summary>Counts when the transaction is committed.</summary>
    /// <param name="statuses">Of <see cref="ReceiptStatuses"/>.</param>
    public static void CountReceipts(IEnumerable<string> statuses, Transaction transaction)
    {
        var counts = statuses.CountBy(status => status).ToList();
        transaction.OnCommitted(() => counts.ForEach(each => Receipts.Add(each.Value, Instruments.Tag("status", each.Key))));
    }

    public static void Answer(SendResult result, TimeSpan after) => Gateway.Record(after.TotalSeconds, Instruments.Tag("result", result switch
    {
        SendResult.Sent => "sent",
        SendResult.Rejected => "rejected",
        SendResult.NotSent => "not_sent",
        _ => "uncertain",
    }));
}
