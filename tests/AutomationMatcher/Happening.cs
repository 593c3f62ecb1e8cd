using Recado.AutomationMatcher.Automations;
using Recado.Contracts;

namespace Recado.Tests.AutomationMatcher;

/// <summary>Short ways to say what happened and what is to be done about it.</summary>
internal static class Happening
{
    public const string Phone = "phone:+5511987654321";
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    /// <param name="at">When it happened and arrived.</param>
    /// <param name="keys">The first one that is a thing is the subject; a phone among them is the customer's.</param>
    public static CommerceEvent Of(string type, DateTimeOffset at, params string[] keys)
    {
        var id = Guid.NewGuid();
        return new()
        {
            EventId = id,
            WebhookId = Guid.NewGuid(),
            StoreId = "alpha",
            Source = Sources.Events,
            Type = type,
            OccurredAt = at,
            ReceivedAt = at,
            Subject = keys.FirstOrDefault(key => key.StartsWith("cart:", StringComparison.Ordinal) || key.StartsWith("order:", StringComparison.Ordinal)) ?? $"event:{id}",
            Keys = keys,
            Customer = new() { Phone = keys.FirstOrDefault(key => key.StartsWith("phone:", StringComparison.Ordinal))?["phone:".Length..] },
        };
    }

    public static CommerceEvent CartAbandoned(DateTimeOffset at, params string[] keys) => Of(EventTypes.CartAbandoned, at, keys);

    public static CommerceEvent Purchase(DateTimeOffset at, params string[] keys) => Of(EventTypes.PaymentApproved, at, keys);

    /// <summary>1 h and 24 h after a cart was abandoned; any purchase stops it.</summary>
    public static Automation CartRecovery => new()
    {
        Id = "cart-recovery",
        Version = 1,
        Trigger = EventTypes.CartAbandoned,
        Conditions = [],
        Class = MessageClasses.Reminder,
        Steps = [new(TimeSpan.FromHours(1), "after-1h"), new(TimeSpan.FromHours(24), "after-24h")],
        StopOn = [EventTypes.PaymentApproved, EventTypes.OrderCreated],
        ReentryAfter = TimeSpan.FromHours(24),
        ExpireAfter = TimeSpan.FromHours(12),
    };

    /// <summary>The code, at once; only its own payment stops it.</summary>
    public static Automation PixCode => new()
    {
        Id = "pix-code",
        Version = 1,
        Trigger = EventTypes.PixCreated,
        Conditions = [new("payment.method", ["pix"])],
        Class = MessageClasses.Transactional,
        Steps = [new(TimeSpan.Zero, "code")],
        StopOn = [EventTypes.PaymentApproved, EventTypes.OrderCancelled],
        ReentryAfter = null,
        ExpireAfter = TimeSpan.FromHours(1),
    };
}
