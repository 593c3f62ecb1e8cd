using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.Shapes;

/// <summary>
/// What a source's document says a payload looks like, as a tree of names: one object of it. An array is looked at as
/// each of its elements. Looking something up allocates nothing.
/// </summary>
public sealed class Shape
{
    // Longer than any documented name or value; what is longer is unknown.
    private const int LongestToken = 64;

    private readonly Dictionary<string, Shape> children = new(StringComparer.Ordinal);
    private FrozenDictionary<string, Shape>.AlternateLookup<ReadOnlySpan<char>> fields;
    private FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> values;
    private bool isByType;

    internal Shape(string path) => Path = path;

    /// <summary>Where it stands, for example <c>checkout.orderbump[]</c>; empty for a payload as a whole, a callback's type for one of the gateway.</summary>
    public string Path { get; }

    /// <summary>What is known in here: the fields by name, or the payloads by type.</summary>
    public IReadOnlyDictionary<string, Shape> Children => children;

    /// <summary>What a value outside the known ones is, one of <see cref="DriftKinds"/>; null where any value is good.</summary>
    internal string? ValueKind { get; private set; }

    /// <summary>What an unknown object in here is, one of <see cref="DriftKinds"/>.</summary>
    internal string UnknownObject { get; private init; } = DriftKinds.Field;

    /// <summary>Declares a payload.</summary>
    /// <param name="fields">A line for each object, <c>path: name name …</c>; <c>$</c> is the payload itself, <c>[]</c> after a name marks an array.</param>
    /// <param name="envelopes">Names that may hold the whole payload once more.</param>
    internal static Shape Of(string fields, string path = "", string[]? envelopes = null, string unknownObject = DriftKinds.Field, params KnownValues[] values)
    {
        var root = new Shape(path) { UnknownObject = unknownObject };
        foreach (var line in fields.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var place = line[..colon] == "$" ? root : root.Grow(line[..colon]);
            foreach (var name in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                place.Grow(name);
        }
        foreach (var known in values)
            root.Grow(known.Path).Know(known);
        foreach (var envelope in envelopes ?? [])
            root.children.Add(envelope, root);
        return root.Frozen();
    }

    /// <summary>Payloads that differ by their field <c>type</c>: the path of each shape is its type.</summary>
    internal static Shape ByType(params Shape[] shapes)
    {
        var root = new Shape("") { isByType = true };
        foreach (var shape in shapes)
            root.children.Add(shape.Path, shape);
        return root.Frozen();
    }

    /// <summary>The shape to compare a payload with: this one, or that of its type; null where its type is not known.</summary>
    /// <param name="type">Its type; undefined where it has none.</param>
    internal Shape? For(JsonElement root, out JsonElement type)
    {
        type = default;
        if (!isByType)
            return this;
        foreach (var property in root.EnumerateObject())
            if (JsonMarshal.GetRawUtf8PropertyName(property).SequenceEqual("type"u8))
                type = property.Value;
        return fields.TryGetValue(TextOf(type, stackalloc char[LongestToken]), out var shape) ? shape : null;
    }

    /// <summary>What is known of a field; null where the field is not.</summary>
    internal Shape? Find(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        Span<char> buffer = stackalloc char[LongestToken];
        var name = raw.Contains((byte)'\\') ? NameOf(property) : Widened(raw, buffer);
        return fields.TryGetValue(name, out var known) ? known : null;
    }

    /// <summary>Whether a value that is no object and no array is among the known ones. Null and "" always are, being the same as absent.</summary>
    internal bool Knows(JsonElement value) =>
        ValueKind is null
        || value.ValueKind == JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.String && JsonMarshal.GetRawUtf8Value(value).Length == 2)
        || values.Contains(TextOf(value, stackalloc char[LongestToken]));

    /// <summary>The name of a field; null where it is no Unicode text.</summary>
    internal static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The place at a path below this one, made where it is missing.</summary>
    internal Shape Grow(string path)
    {
        var place = this;
        foreach (var step in path.Split('.'))
        {
            var name = step.Replace("[]", "", StringComparison.Ordinal);
            if (!place.children.TryGetValue(name, out var child))
                place.children.Add(name, child = new(place.Path.Length == 0 ? step : $"{place.Path}.{step}"));
            place = child;
        }
        return place;
    }

    internal void Know(KnownValues known)
    {
        ValueKind = known.Kind;
        values = known.Values.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Ready to be looked into; nothing grows any more.</summary>
    internal Shape Frozen()
    {
        fields = children.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var child in children.Values)
            if (child != this)
                child.Frozen();
        return this;
    }

    // Empty where it is no string, no text, or too long: nothing known is empty.
    private static ReadOnlySpan<char> TextOf(JsonElement value, Span<char> buffer)
    {
        if (value.ValueKind != JsonValueKind.String)
            return default;
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        return raw.Contains((byte)'\\') ? Strings.TryRead(value, out var escaped) ? escaped : default : Widened(raw, buffer);
    }

    private static ReadOnlySpan<char> Widened(ReadOnlySpan<byte> raw, Span<char> buffer) =>
        Encoding.UTF8.TryGetChars(raw, buffer, out var length) ? buffer[..length] : default;
}

/// <summary>A field whose values are a closed list.</summary>
/// <param name="Kind">What another value is, one of <see cref="DriftKinds"/>.</param>
internal sealed record KnownValues(string Kind, string Path, params IReadOnlyList<string> Values);
