namespace Recado.Contracts;

/// <summary>
/// A product of the shop's WhatsApp catalogue. <b>Amounts in this file are the numbers as given:</b> the document names no
/// unit, gateways disagree, so they are for people to look at and never to reckon with.
/// </summary>
public sealed record ChatProduct
{
    public string? ProductId { get; init; }

    /// <summary>The shop's own number.</summary>
    public string? RetailerId { get; init; }
    public string? Title { get; init; }
    public string? Description { get; init; }

    /// <summary>Without a unit.</summary>
    public decimal? Price { get; init; }
    public string? CurrencyCode { get; init; }
    public string? Url { get; init; }
    public string? ImageUrl { get; init; }
    public int? ImageCount { get; init; }
    public string? FirstImageId { get; init; }
    public string? BusinessOwner { get; init; }
}

/// <summary>A cart that the customer sent from the catalogue.</summary>
public sealed record ChatOrder
{
    public string? OrderId { get; init; }
    public string? Title { get; init; }
    public string? Message { get; init; }
    public int? ItemCount { get; init; }

    /// <summary>Without a unit.</summary>
    public decimal? Total { get; init; }

    /// <summary>Without a unit.</summary>
    public decimal? SubTotal { get; init; }
    public string? Currency { get; init; }
    public string? Seller { get; init; }
    public string? ThumbnailUrl { get; init; }

    /// <summary>Opens the order at WhatsApp: a secret.</summary>
    public string? Token { get; init; }
    public IReadOnlyList<ChatOrderItem> Products { get => field ?? []; init; }
}

/// <summary>A line of an order.</summary>
public sealed record ChatOrderItem
{
    public string? ProductId { get; init; }
    public string? RetailerId { get; init; }
    public string? Name { get; init; }
    public int? Quantity { get; init; }

    /// <summary>Without a unit: <c>price</c>, or <c>value</c> in a review.</summary>
    public decimal? Price { get; init; }
    public string? CurrencyCode { get; init; }

    /// <summary>Not of the catalogue.</summary>
    public bool IsCustomItem { get; init; }
}

/// <summary>Somebody asked for money.</summary>
public sealed record ChatPaymentRequest
{
    /// <summary>Without a unit.</summary>
    public decimal? Value { get; init; }
    public string? CurrencyCode { get; init; }
    public DateTimeOffset? Expiration { get; init; }
    public string? RequestPhone { get; init; }
    public ChatPayment? PaymentInfo { get; init; }
}

/// <summary>Money that WhatsApp moves, or waits to. It is nobody's proof: only the shop's checkout says that something was paid.</summary>
public sealed record ChatPayment
{
    public string? ReceiverPhone { get; init; }

    /// <summary>Without a unit.</summary>
    public decimal? Value { get; init; }
    public string? CurrencyCode { get; init; }

    /// <summary>For example <c>WAITING_FOR_PAYER</c> or <c>COMPLETE</c>.</summary>
    public string? Status { get; init; }

    /// <summary>For example <c>PENDING_SETUP</c> or <c>COMPLETED</c>.</summary>
    public string? TransactionStatus { get; init; }
}

/// <summary>The shop showed an order again: to look over (<c>reviewOrder</c>), or to pay (<c>reviewAndPay</c>).</summary>
public sealed record ChatOrderReview
{
    /// <summary><c>review_and_pay</c>; null for <c>reviewOrder</c>.</summary>
    public string? Type { get; init; }
    public string? ReferenceId { get; init; }
    public string? OrderRequestId { get; init; }

    /// <summary>For example <c>CREATED</c> or <c>CONFIRMED</c>.</summary>
    public string? OrderStatus { get; init; }

    /// <summary>For example <c>PENDING</c> or <c>AUTHORIZED</c>.</summary>
    public string? PaymentStatus { get; init; }
    public string? Currency { get; init; }

    /// <summary>Without a unit, as all below.</summary>
    public decimal? Total { get; init; }
    public decimal? SubTotal { get; init; }
    public decimal? Discount { get; init; }
    public decimal? Shipping { get; init; }
    public decimal? Tax { get; init; }
    public IReadOnlyList<ChatOrderItem> Products { get => field ?? []; init; }
}
