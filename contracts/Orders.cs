namespace Recado.Contracts;

/// <summary>A shopping cart.</summary>
public sealed record Cart
{
    /// <summary>The source's id of the cart (<c>cart_token</c>).</summary>
    public string? Id { get; init; }
    public Money? Total { get; init; }

    /// <summary>When the source considered it abandoned, UTC.</summary>
    public DateTimeOffset? AbandonedAt { get; init; }
}

/// <summary>An order.</summary>
public sealed record Order
{
    /// <summary>The number that people see.</summary>
    public string? Number { get; init; }

    /// <summary>The source's id.</summary>
    public string? ExternalId { get; init; }
    public Money? Total { get; init; }

    /// <summary>Part of the total.</summary>
    public Money? Freight { get; init; }

    /// <summary>Already taken off the total.</summary>
    public Money? Discount { get; init; }

    /// <summary>As the source names it.</summary>
    public string? Status { get; init; }
}

/// <summary>The page at which something is sold.</summary>
public sealed record Checkout
{
    public string? Id { get; init; }
    public string? Title { get; init; }

    /// <summary>The main product's price; the order bumps come on top.</summary>
    public Money? Amount { get; init; }

    /// <summary>What was offered beside the main product and taken.</summary>
    public IReadOnlyList<Item>? OrderBumps { get; init; }
}

/// <summary>A parcel.</summary>
public sealed record Shipment
{
    /// <summary>As the source names it, for people to read.</summary>
    public string? Status { get; init; }
    public string? Carrier { get; init; }
    public string? TrackingCode { get; init; }
}

/// <summary>A line of a cart, an order or a payment.</summary>
public sealed record Item
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public int Quantity { get => field == 0 ? 1 : field; init; }

    /// <summary>Price of one.</summary>
    public Money? UnitPrice { get; init; }

    /// <summary>Price of one before discounts.</summary>
    public Money? OriginalPrice { get; init; }
    public string? ImageUrl { get; init; }

    /// <summary>The source's product type, for example <c>E-book</c>.</summary>
    public string? Type { get; init; }

    /// <summary>What the customer receives for it: e-books, material of a mentoring.</summary>
    public IReadOnlyList<ItemFile>? Files { get; init; }
}

/// <summary>A file that belongs to a product.</summary>
public sealed record ItemFile
{
    public string? Title { get; init; }

    /// <summary>https.</summary>
    public string? Url { get; init; }
}
