using System.Globalization;
using System.Text.Json;
using Recado.Contracts;
using Recado.Normalizer.Amounts;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.Reading;

/// <summary>
/// One object of a payload, read without ever throwing. Null, absent and "" are the same.
/// Money, identities and states must be right where present, else there is a finding;
/// what only decorates (names, links, tracking) counts as absent when it is wrong.
/// </summary>
internal readonly struct Fields(JsonElement element, string path, Findings findings)
{
    public Fields(JsonElement root, Findings findings) : this(root, "", findings) { }

    public bool Exists => element.ValueKind == JsonValueKind.Object;

    public Fields Object(string name) => new(Get(name), PathOf(name), findings);

    /// <summary>The objects of an array; what is no object is left out.</summary>
    public IEnumerable<Fields> List(string name)
    {
        var (array, itemPath, found) = (Get(name), PathOf(name), findings);
        return array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new Fields(item, itemPath, found))
            : [];
    }

    /// <summary>The elements of an array as they are; null where there is no array.</summary>
    public IReadOnlyList<JsonElement>? Elements(string name) =>
        Get(name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : null;

    /// <summary>Text without control characters and outer white space; null where there is none.</summary>
    public string? Text(string name) => PlainText.Token(Raw(name));

    /// <summary>Text as given, unless it is empty or no text.</summary>
    public string? Raw(string name) => Strings.TryRead(Get(name), out var text) && text.Length > 0 ? text : null;

    /// <summary>Text as given, or the digits of an integer: some senders write a telephone number so.</summary>
    public string? Written(string name) => Raw(name) ?? Integer(name)?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Text that must be there; "" after a finding.</summary>
    public string Required(string name)
    {
        if (Id(name) is { } text)
            return text;
        findings.Add(QuarantineReasons.MissingField, PathOf(name));
        return "";
    }

    /// <summary>An identity or a state: text or an integer. Another type, or text that is no Unicode, is a finding.</summary>
    public string? Id(string name)
    {
        var value = Get(name);
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return null;
            case JsonValueKind.String when Strings.TryRead(value, out var text):
                return PlainText.Token(text);
            case JsonValueKind.Number when value.TryGetInt64(out var number):
                return number.ToString(CultureInfo.InvariantCulture);
            default:
                findings.Add(value.ValueKind == JsonValueKind.String ? QuarantineReasons.InvalidText : QuarantineReasons.InvalidValue, PathOf(name));
                return null;
        }
    }

    /// <summary>Integer centavos of BRL.</summary>
    public Money? Centavos(string name) => MoneyOf(name, Amount.Centavos);

    /// <summary>Decimal reais.</summary>
    public Money? Reais(string name) => MoneyOf(name, Amount.Reais);

    /// <summary>Centavos of a line of a list: a wrong price is left out, the total decides.</summary>
    public Money? Price(string name) => Amount.Centavos(Get(name));

    /// <summary>A number that only informs, exactly as written; null for anything else.</summary>
    public decimal? Number(string name) =>
        Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var number) ? number : null;

    /// <summary>How many of one thing: 1 unless a positive integer says otherwise.</summary>
    public int Quantity(string name) => Integer(name) is > 0 and <= int.MaxValue and { } count ? (int)count : 1;

    public DateTimeOffset? Time(string name) => Instant.Parse(Raw(name));

    /// <summary>Null for anything but true and false.</summary>
    public bool? Flag(string name) => Get(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public bool IsTrue(string name) =>
        Get(name).ValueKind == JsonValueKind.True || string.Equals(Text(name), "true", StringComparison.OrdinalIgnoreCase);

    public bool IsFalse(string name) => Get(name).ValueKind == JsonValueKind.False;

    public long? Integer(string name) =>
        Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>The names of the fields that are objects, in alphabetical order; null for a name that is no Unicode text.</summary>
    public IReadOnlyList<string?> ObjectNames() =>
        Exists ? [.. element.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Object).Select(Strings.NameOf).Order(StringComparer.Ordinal)] : [];

    /// <summary>Whether there is anything, right or wrong, other than null and "".</summary>
    public bool Has(string name)
    {
        var value = Get(name);
        return value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)
            && (!Strings.TryRead(value, out var text) || PlainText.Token(text) is not null);
    }

    /// <summary>Records that a field's value cannot be used.</summary>
    public void Reject(string name, string reason) => findings.Add(reason, PathOf(name));

    private Money? MoneyOf(string name, Func<JsonElement, Money?> read)
    {
        var money = read(Get(name));
        if (money is null && Has(name))
            findings.Add(QuarantineReasons.InvalidValue, PathOf(name));
        return money;
    }

    private JsonElement Get(string name)
    {
        if (!Exists)
            return default;
        try
        {
            return element.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // Another property's name is no Unicode text; the lookup stumbles over it.
            findings.Add(QuarantineReasons.InvalidText, path.Length == 0 ? "$" : path);
            return default;
        }
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
