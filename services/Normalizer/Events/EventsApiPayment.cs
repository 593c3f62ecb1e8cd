namespace Recado.Normalizer.Events;

/// <summary>A charge. How it stands follows from the type of the event.</summary>
public sealed record EventsApiPayment
{
    /// <summary>Stable through all statuses of the charge.</summary>
    public string? Id { get; init; }

    /// <summary><c>pix</c>, <c>credit_card</c>, <c>boleto</c>, or another.</summary>
    public string? Method { get; init; }
    public EventsApiMoney? Amount { get; init; }

    /// <summary>1 to 999; 1 where paid at once.</summary>
    public int? Installments { get; init; }

    /// <summary>True for one charge of a subscription.</summary>
    public bool? Recurring { get; init; }
    public EventsApiPix? Pix { get; init; }
    public EventsApiBoleto? Boleto { get; init; }
}

/// <summary>A PIX that waits for the customer.</summary>
public sealed record EventsApiPix
{
    /// <summary>The copy-and-paste BR Code. One that does not check, or asks for another amount than the payment, is marked and never sent as something to pay.</summary>
    public string? Code { get; init; }

    /// <summary>The page to pay at. https.</summary>
    public string? Url { get; init; }

    /// <summary>ISO 8601.</summary>
    public string? ExpiresAt { get; init; }
}

/// <summary>A bank slip that waits for the customer.</summary>
public sealed record EventsApiBoleto
{
    /// <summary>The digit line (47 or 48 digits) or bar code (44), with or without dots and spaces. Checked like a PIX code.</summary>
    public string? Line { get; init; }

    /// <summary>The PDF. https.</summary>
    public string? Url { get; init; }

    /// <summary><c>yyyy-MM-dd</c>, in the store's calendar.</summary>
    public string? DueDate { get; init; }
}

/// <summary>A parcel.</summary>
public sealed record EventsApiShipment
{
    /// <summary>Free text for people to read.</summary>
    public string? Status { get; init; }
    public string? Carrier { get; init; }
    public string? TrackingCode { get; init; }

    /// <summary>The tracking page. https.</summary>
    public string? Url { get; init; }
}

/// <summary>A line of a cart, an order or a payment.</summary>
public sealed record EventsApiItem
{
    public string? Id { get; init; }
    public string? Name { get; init; }

    /// <summary>A positive integer; 1 where absent.</summary>
    public int? Quantity { get; init; }

    /// <summary>Price of one.</summary>
    public EventsApiMoney? UnitPrice { get; init; }

    /// <summary>https.</summary>
    public string? ImageUrl { get; init; }
}

/// <summary>Where a message may send the customer. A link that is not https counts as absent.</summary>
public sealed record EventsApiLinks
{
    public string? Checkout { get; init; }
    public string? Payment { get; init; }
    public string? Tracking { get; init; }
    public string? Order { get; init; }
}

/// <summary>What brought the customer.</summary>
public sealed record EventsApiAttribution
{
    public string? Src { get; init; }
    public string? Source { get; init; }
    public string? Medium { get; init; }
    public string? Campaign { get; init; }
    public string? Content { get; init; }
    public string? Term { get; init; }
}
