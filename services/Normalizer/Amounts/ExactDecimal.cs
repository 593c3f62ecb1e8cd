using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recado.Normalizer.Amounts;

/// <summary>A JSON number as a decimal, or nothing: never rounded to fit.</summary>
internal sealed class ExactDecimal : JsonConverter<decimal>
{
    // A decimal holds any 28 digits exactly.
    private const int Longest = 28;

    public static bool TryParse(ReadOnlySpan<byte> number, out decimal value)
    {
        value = 0;
        return number.Length <= Longest
            && number.IndexOf("e-"u8) < 0 && number.IndexOf("E-"u8) < 0
            && decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && !reader.HasValueSequence && TryParse(reader.ValueSpan, out var value)
            ? value
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
