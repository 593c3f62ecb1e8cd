namespace Recado.Contracts;

/// <summary>A charge, whatever its state.</summary>
public sealed record Payment
{
    /// <summary>The source's id of the payment; the same for each of its statuses.</summary>
    public string? Id { get; init; }

    /// <summary><c>pix</c>, <c>credit_card</c>, <c>boleto</c>, or another method as the source names it.</summary>
    public string? Method { get; init; }

    /// <summary><c>pending</c>, <c>approved</c>, <c>failed</c>, <c>refunded</c> or <c>chargedback</c>.</summary>
    public string? Status { get; init; }
    public Money? Amount { get; init; }

    /// <summary>True for one charge of a subscription.</summary>
    public bool Recurring { get; init; }

    /// <summary>Null for a single payment.</summary>
    public Subscription? Subscription { get; init; }

    /// <summary>1 where paid at once; null where unknown.</summary>
    public int? Installments { get; init; }

    /// <summary>Percent per installment: 2.99.</summary>
    public decimal? InterestRate { get; init; }

    /// <summary>What the customer pays for paying in installments.</summary>
    public Money? Interest { get; init; }

    /// <summary>What the platform keeps.</summary>
    public Money? Fee { get; init; }

    /// <summary>When the charge was made, UTC; <see cref="CommerceEvent.OccurredAt"/> is its last change.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    public Pix? Pix { get; init; }
    public Boleto? Boleto { get; init; }
}

/// <summary>What a recurring charge belongs to.</summary>
public sealed record Subscription
{
    public string? Id { get; init; }

    /// <summary>As the source names it.</summary>
    public string? Status { get; init; }
    public bool? Active { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    public DateTimeOffset? NextBillingAt { get; init; }
}

/// <summary>An instant payment that waits for the customer.</summary>
public sealed record Pix
{
    /// <summary>The copy-and-paste BR Code, byte for byte as given.</summary>
    public string? Code { get; init; }

    /// <summary>False when there is a <see cref="Problem"/>; null when there is no code.</summary>
    public bool? Valid { get; init; }

    /// <summary>Why the code must not be paid: one of <see cref="CodeProblems"/>. Null where it checks.</summary>
    public string? Problem { get; init; }

    /// <summary>What the code itself asks for; null where it names no amount or cannot be read.</summary>
    public Money? Amount { get; init; }
    public string? Url { get; init; }

    /// <summary>After this the code is worth nothing, UTC.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A bank slip that waits for the customer.</summary>
public sealed record Boleto
{
    /// <summary>The digit line or bar code as given.</summary>
    public string? Line { get; init; }

    /// <summary>False when there is a <see cref="Problem"/>; null when there is no line.</summary>
    public bool? Valid { get; init; }

    /// <summary>Why the line must not be paid: one of <see cref="CodeProblems"/>. Null where it checks.</summary>
    public string? Problem { get; init; }

    /// <summary>What the line itself asks for; null where it names no amount or cannot be read.</summary>
    public Money? Amount { get; init; }
    public string? Url { get; init; }

    /// <summary>Last day without interest, in the store's calendar: as the source gave it, else as the line says it.</summary>
    public DateOnly? DueDate { get; init; }
}

/// <summary>Why a PIX code or a boleto's line must not be put before a customer as something to pay.</summary>
public static class CodeProblems
{
    /// <summary>Not in the form of its standard: lengths, parts that must be there, digits.</summary>
    public const string Malformed = "malformed";

    /// <summary>A check digit or the CRC16 is another: a character was changed on the way.</summary>
    public const string Checksum = "checksum";

    /// <summary>It asks for another amount than the event's payment.</summary>
    public const string AmountMismatch = "amount_mismatch";

    /// <summary>It is not in reais.</summary>
    public const string Currency = "currency";

    /// <summary>Its time is over. Never on an event: found when a message is rendered.</summary>
    public const string Expired = "expired";
}
