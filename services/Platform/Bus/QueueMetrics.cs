using System.Diagnostics.Metrics;
using Recado.Platform.Telemetry;

namespace Recado.Platform.Bus;

/// <summary>What became of the messages of a queue. Its attribute <c>queue</c> is the queue's name, <c>normalizer.webhook-received</c>.</summary>
internal static class QueueMetrics
{
    private static readonly Counter<long> Handled = Instruments.Counter("recado.messages.handled", "{message}", "Messages handled, each once however often it came.");
    private static readonly Histogram<double> Age = Instruments.Seconds("recado.queue.age", "Time from the publishing of a message to the commit of what it caused.");
    private static readonly Counter<long> Dead = Instruments.Counter("recado.dead_letters", "{message}", "Messages that could not be handled and were put aside.");
    private static readonly string[] Deaths = ["unreadable", "failed", "killed_the_process"];

    public static void Begin(string queue)
    {
        Handle(queue, 0);
        foreach (var reason in Deaths)
            Dead.Add(0, Instruments.Tag("queue", queue), Instruments.Tag("reason", reason));
    }

    public static void Handle(string queue, int messages) => Handled.Add(messages, Instruments.Tag("queue", queue));

    /// <summary>A clock that is behind the publisher's makes no negative age.</summary>
    public static void Take(string queue, TimeSpan age) => Age.Record(Math.Max(0, age.TotalSeconds), Instruments.Tag("queue", queue));

    /// <param name="reason">One of those that the table <c>dead_letters</c> allows.</param>
    public static void Die(string queue, string reason) => Dead.Add(1, Instruments.Tag("queue", queue), Instruments.Tag("reason", reason));
}
