using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.Shapes;

/// <summary>
/// Values without what they say: letters become <c>x</c>, digits <c>9</c>; punctuation, length and structure stay.
/// The result is plain ASCII and short.
/// </summary>
internal static partial class Masked
{
    private const int LongestText = 60;
    private const int LongestName = 40;
    private const int LongestPath = 160;
    private const int LongestExample = 240;
    private const string Cut = "...";

    /// <summary>A status, type or name as it is if it looks like a constant of a program, else masked.</summary>
    public static string Constant(string text) => Token().IsMatch(text) ? text : Text(text, LongestName);

    /// <summary>A field's name as it is if it is a plain identifier; some senders use phones and e-mails as names.</summary>
    public static string Name(string? name) => name is null ? "?" : Identifier().IsMatch(name) && !Number().IsMatch(name) ? name : Text(name, LongestName);

    /// <summary>A path of such names, cut to a length that a key can have.</summary>
    public static string Path(string path) => path.Length <= LongestPath ? path : path[..LongestPath] + Cut;

    /// <summary>A value as JSON.</summary>
    public static string Json(JsonElement value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.Length <= LongestExample ? text.ToString() : text.ToString(0, LongestExample) + Cut;
    }

    private static void Write(JsonElement value, StringBuilder text)
    {
        if (text.Length > LongestExample)
            return;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, text);
                break;
            case JsonValueKind.Array:
                WriteArray(value, text);
                break;
            case JsonValueKind.String:
                text.Append('"').Append(Strings.TryRead(value, out var words) ? Text(words, LongestText) : "?").Append('"');
                break;
            case JsonValueKind.Number:
                text.Append(Digits(value.GetRawText()));
                break;
            default:
                text.Append(value.ValueKind.ToString().ToLowerInvariant());
                break;
        }
    }

    private static void WriteObject(JsonElement value, StringBuilder text)
    {
        var separator = '{';
        foreach (var property in value.EnumerateObject())
        {
            text.Append(separator).Append('"').Append(Name(Shape.NameOf(property))).Append("\":");
            Write(property.Value, text);
            separator = ',';
            if (text.Length > LongestExample)
                return;
        }
        text.Append(separator == '{' ? "{}" : "}");
    }

    private static void WriteArray(JsonElement value, StringBuilder text)
    {
        var separator = '[';
        foreach (var item in value.EnumerateArray())
        {
            text.Append(separator);
            Write(item, text);
            separator = ',';
            if (text.Length > LongestExample)
                return;
        }
        text.Append(separator == '[' ? "[]" : "]");
    }

    private static string Text(string text, int longest) =>
        string.Concat(text.Take(longest).Select(Mask)) + (text.Length > longest ? Cut : "");

    // The exponent of a number stays a letter, so that a number stays one.
    private static string Digits(string number) =>
        string.Concat(number.Take(LongestName).Select(character => char.IsAsciiDigit(character) ? '9' : character)) + (number.Length > LongestName ? Cut : "");

    private static char Mask(char character) => character switch
    {
        _ when char.IsDigit(character) => '9',
        _ when char.IsControl(character) || char.IsWhiteSpace(character) => ' ',
        '"' or '\\' => '\'',
        _ when char.IsAscii(character) && !char.IsAsciiLetter(character) => character,
        _ => 'x',
    };

    [GeneratedRegex(@"^[A-Za-z_]{1,40}\z")]
    private static partial Regex Token();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,39}\z")]
    private static partial Regex Identifier();

    // No identifier of a program has so many digits in a row; a phone or a document does.
    [GeneratedRegex("[0-9]{5}")]
    private static partial Regex Number();
}
