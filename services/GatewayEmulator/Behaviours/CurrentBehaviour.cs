using Recado.GatewayEmulator.Callbacks;
using Recado.GatewayEmulator.Sending;

namespace Recado.GatewayEmulator.Behaviours;

/// <summary>The behaviour in force, with the strikes that its faults have left. Thread-safe.</summary>
public sealed class CurrentBehaviour(EmulatorOptions options)
{
    private readonly Lock gate = new();
    private Random chance = new(options.DefaultBehaviour.Seed);
    private volatile ArmedFault[] armed = [];
    private volatile Behaviour current = options.DefaultBehaviour;

    public Behaviour Current => current;

    /// <summary>Back to the settings.</summary>
    public Behaviour Reset()
    {
        lock (gate)
            return Replace(options.DefaultBehaviour, rearm: true);
    }

    /// <summary>Strikes and chance start anew when faults or seed are given. The answer is null with the problem when it is refused.</summary>
    internal (Behaviour? Behaviour, string? Problem) Change(BehaviourUpdate update)
    {
        lock (gate)
        {
            var next = current.With(update);
            return next.Problem() is { } problem
                ? (null, problem)
                : (Replace(next, rearm: update.Faults is not null || update.Seed is not null), null);
        }
    }

    /// <summary>The first fault that changes the answer to this send; it has struck once more.</summary>
    internal FaultRule? TakeAnswerFault(SendRequest request)
    {
        if (armed.Length == 0)
            return null;
        lock (gate)
            return armed.FirstOrDefault(fault => !fault.IsOfCallbacks && fault.Strikes(request, chance))?.Rule;
    }

    /// <summary>All faults that change this send's callbacks; each has struck once more.</summary>
    internal CallbackFaults TakeCallbackFaults(SendRequest request)
    {
        if (armed.Length == 0)
            return CallbackFaults.None;
        lock (gate)
        {
            return armed.Where(fault => fault.IsOfCallbacks && fault.Strikes(request, chance))
                .Aggregate(CallbackFaults.None, (all, fault) => all | FaultNames.OfCallbacks[fault.Rule.Fault]);
        }
    }

    private Behaviour Replace(Behaviour next, bool rearm)
    {
        if (rearm)
        {
            armed = [.. next.Faults.Select(rule => new ArmedFault(rule))];
            chance = new(next.Seed);
        }

        return current = next;
    }

    private sealed class ArmedFault(FaultRule rule)
    {
        private int left = rule.Times ?? int.MaxValue;

        public FaultRule Rule => rule;

        public bool IsOfCallbacks { get; } = FaultNames.OfCallbacks.ContainsKey(rule.Fault);

        public bool Strikes(SendRequest request, Random chance)
        {
            if (left == 0 || !rule.Meets(request))
                return false;
            if (rule.Probability is { } probability && chance.NextDouble() >= probability)
                return false;
            if (rule.Times is not null)
                left--;
            return true;
        }
    }
}
