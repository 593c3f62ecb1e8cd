using Recado.GatewayEmulator.Behaviours;

namespace Recado.GatewayEmulator.Callbacks;

/// <summary>Decides which callbacks an accepted send causes, in which order and when.</summary>
public static class CallbackPlan
{
    /// <param name="receipts">What would happen without faults.</param>
    /// <param name="echo">The shop's own message as it comes back, or null; it goes out ahead of the receipts.</param>
    public static CallbackStep[] For(IReadOnlyList<Receipt> receipts, CallbackFaults faults, byte[]? echo)
    {
        if (faults.HasFlag(CallbackFaults.Silent))
            return [];
        var first = receipts.Count > 0 ? TimeSpan.FromMilliseconds(receipts[0].DelayMs) : TimeSpan.Zero;
        List<CallbackStep> steps = faults.HasFlag(CallbackFaults.DeliveryError)
            ? [new(CallbackKind.Delivery, first, "ERROR")]
            : WithEcho(receipts.Select(Step), echo, first);
        if (faults.HasFlag(CallbackFaults.Reordered))
            steps = LastFirst(steps);
        if (faults.HasFlag(CallbackFaults.Duplicate))
            steps = [.. steps.SelectMany(step => (CallbackStep[])[step, step])];
        return faults.HasFlag(CallbackFaults.Early) ? [.. steps.Select(step => step with { After = TimeSpan.Zero })] : [.. steps];
    }

    private static List<CallbackStep> WithEcho(IEnumerable<CallbackStep> steps, byte[]? echo, TimeSpan first) =>
        echo is null ? [.. steps] : [new(CallbackKind.Received, first, Body: echo), .. steps];

    private static CallbackStep Step(Receipt receipt)
    {
        var after = TimeSpan.FromMilliseconds(receipt.DelayMs);
        return receipt.Type == ReceiptTypes.Delivery
            ? new(CallbackKind.Delivery, after)
            : new(CallbackKind.MessageStatus, after, receipt.Type);
    }

    /// <summary>The times stay, what goes out at them is turned round.</summary>
    private static List<CallbackStep> LastFirst(List<CallbackStep> steps) =>
        [.. steps.Select((step, index) => steps[^(index + 1)] with { After = step.After })];
}
