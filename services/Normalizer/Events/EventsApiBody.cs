using System.Text.Json.Serialization;
using Recado.Contracts;
using Recado.Normalizer.Amounts;

namespace Recado.Normalizer.Events;

/// <summary>
/// The schema of the Events API, version 1: the body of <c>POST /api/v1/events</c> in camel case.
/// It carries what events-api.txt asks for. Ingest lets in what its JSON Schema (<c>events.v1.schema.json</c>) describes,
/// with the parts that each type requires; here every field is optional but <see cref="Id"/> and <see cref="Type"/>.
/// null, absent and "" are the same; unknown fields are allowed and mean nothing; a wrong type is an error.
/// </summary>
public sealed record EventsApiBody
{
    /// <summary><c>1</c>, which is also what absent means.</summary>
    public string? SchemaVersion { get; init; }

    /// <summary>Required. The sender's id of the event, at most 200 characters. The same id again is the same event.</summary>
    public string? Id { get; init; }

    /// <summary>Required. One of <see cref="EventTypes"/>.</summary>
    public string? Type { get; init; }

    /// <summary>ISO 8601, UTC where it has no offset. The arrival where absent.</summary>
    public string? OccurredAt { get; init; }

    /// <summary>Who it is about.</summary>
    public EventsApiCustomer? Customer { get; init; }
    public EventsApiCart? Cart { get; init; }
    public EventsApiOrder? Order { get; init; }
    public EventsApiPayment? Payment { get; init; }
    public EventsApiShipment? Shipment { get; init; }
    public IReadOnlyList<EventsApiItem?>? Items { get; init; }

    /// <summary>They win over the <c>url</c> of a part.</summary>
    public EventsApiLinks? Links { get; init; }

    /// <summary>What brought the customer.</summary>
    public EventsApiAttribution? Attribution { get; init; }
}

/// <summary>An amount: either <see cref="AmountMinor"/> or <see cref="Amount"/>, never both.</summary>
public sealed record EventsApiMoney
{
    /// <summary>Minor units of the currency: 19990 for R$ 199,90. Not negative.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>Major units, with no more decimals than the currency has: 199.90. Not negative.</summary>
    [JsonConverter(typeof(ExactDecimal))]
    public decimal? Amount { get; init; }

    /// <summary>Required beside an amount. ISO 4217 in upper case, for example <c>BRL</c>; never assumed.</summary>
    public string? Currency { get; init; }
}

/// <summary>A person. At least a phone, to be written to; an e-mail, document or external id to be recognised by.</summary>
public sealed record EventsApiCustomer
{
    public string? Name { get; init; }

    /// <summary>International with or without the plus sign, or national Brazilian. An invalid one counts as absent.</summary>
    public string? Phone { get; init; }
    public string? Email { get; init; }

    /// <summary>CPF or CNPJ, with or without punctuation. A masked or invalid one counts as absent.</summary>
    public string? Document { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>The sender's id of the person.</summary>
    public string? ExternalId { get; init; }
}

/// <summary>A shopping cart.</summary>
public sealed record EventsApiCart
{
    /// <summary>Stable; one recovery runs per cart.</summary>
    public string? Id { get; init; }
    public EventsApiMoney? Total { get; init; }

    /// <summary>Back into the cart. https.</summary>
    public string? Url { get; init; }

    /// <summary>ISO 8601.</summary>
    public string? AbandonedAt { get; init; }
}

/// <summary>An order.</summary>
public sealed record EventsApiOrder
{
    /// <summary>The number that people see.</summary>
    public string? Number { get; init; }

    /// <summary>The sender's id.</summary>
    public string? Id { get; init; }
    public EventsApiMoney? Total { get; init; }

    /// <summary>Free text for people to read.</summary>
    public string? Status { get; init; }

    /// <summary>The order's page. https.</summary>
    public string? Url { get; init; }
}
