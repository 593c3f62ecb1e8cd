using System.Diagnostics.Metrics;
using Recado.Contracts;
using Recado.Ingest.Accepting;
using Recado.Platform.Telemetry;

namespace Recado.Ingest;

/// <summary>How many webhooks came, and what they were answered. The attribute <c>source</c> is one of <see cref="Sources"/>.</summary>
internal static class IngestMetrics
{
    private static readonly Counter<long> Accepted = Instruments.Counter("recado.webhooks.accepted", "{webhook}", "Webhooks stored, each fact once.");
    private static readonly Counter<long> Duplicates = Instruments.Counter("recado.webhooks.duplicates", "{webhook}", "Webhooks that tell what was told before.");
    private static readonly Counter<long> Refused = Instruments.Counter("recado.webhooks.refused", "{webhook}", "Webhooks answered with an error, by its stable code.");

    public static void Begin()
    {
        foreach (var source in Sources.All)
        {
            Accepted.Add(0, Instruments.Tag("source", source));
            Duplicates.Add(0, Instruments.Tag("source", source));
            Refuse(source, "unavailable", 0);
        }
    }

    /// <summary>They are committed; each has the outcome at its place.</summary>
    public static void Count(IReadOnlyList<Incoming> webhooks, IReadOnlyList<Accepted> answers)
    {
        foreach (var (answered, count) in webhooks.Zip(answers, (webhook, answer) => (webhook.Source, answer.Outcome)).CountBy(each => each))
            switch (answered.Outcome)
            {
                case Outcome.New:
                    Accepted.Add(count, Instruments.Tag("source", answered.Source));
                    break;
                case Outcome.Repeat:
                    Duplicates.Add(count, Instruments.Tag("source", answered.Source));
                    break;
                default:
                    Refuse(answered.Source, "id_conflict", count);
                    break;
            }
    }

    /// <param name="reason">A stable code: of <see cref="Refusal"/>, of a batch's results, or <c>invalid</c> for what the source's document forbids.</param>
    public static void Refuse(string source, string reason, long count = 1) => Refused.Add(count, Instruments.Tag("source", source), Instruments.Tag("reason", reason));
}
