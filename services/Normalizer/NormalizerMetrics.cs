using System.Diagnostics.Metrics;
using Recado.Contracts;
using Recado.Platform.Telemetry;

namespace Recado.Normalizer;

/// <summary>How many webhooks could not be understood, by <see cref="Sources"/> and <see cref="QuarantineReasons"/>.</summary>
internal static class NormalizerMetrics
{
    private static readonly Counter<long> Quarantined = Instruments.Counter("recado.webhooks.quarantined", "{webhook}", "Webhooks that could not be understood and were put aside.");

    public static void Begin()
    {
        foreach (var source in Sources.All)
            foreach (var reason in QuarantineReasons.Sentences.Keys)
                Quarantined.Add(0, Instruments.Tag("source", source), Instruments.Tag("reason", reason));
    }

    /// <summary>They are committed.</summary>
    public static void Quarantine(IEnumerable<(string Source, string Reason)> webhooks)
    {
        foreach (var ((source, reason), count) in webhooks.CountBy(each => each))
            Quarantined.Add(count, Instruments.Tag("source", source), Instruments.Tag("reason", reason));
    }
}
