using System.Text;
using System.Text.Json;

namespace Recado.Platform.Erasing;

/// <summary>
/// Finds a person in bytes that nobody understood or that are no event: a value that is the phone, the document or the
/// e-mail, however it is written. Not by a customer's id, which may be as short as 1, and not inside of running text. Pure.
/// </summary>
public sealed class PersonMarks
{
    private const int LongestNumber = 64;
    private readonly HashSet<string> _numbers = [];
    private readonly HashSet<string> _addresses = [];

    /// <param name="keys">As in <see cref="Contracts.CommerceEvent.Keys"/>.</param>
    public PersonMarks(IEnumerable<string> keys)
    {
        foreach (var parts in keys.Select(key => key.Split(':', 2)))
            switch (parts[0])
            {
                case "phone":
                    var digits = parts[1].TrimStart('+');
                    _numbers.Add(digits);
                    if (digits.StartsWith("55", StringComparison.Ordinal))
                        _numbers.Add(digits[2..]);
                    break;
                case "document":
                    _numbers.Add(parts[1].TrimStart('0'));
                    break;
                case "email":
                    _addresses.Add(parts[1]);
                    break;
            }
    }

    /// <summary>True where there is nothing to look for.</summary>
    public bool IsEmpty => _numbers.Count + _addresses.Count == 0;

    /// <summary>Whether the person is in it.</summary>
    public bool AreIn(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number && IsMark(TextOf(ref reader)))
                    return true;
        }
        catch (JsonException)
        {
            // Ingest takes no such body; what was read of it until here is all that can be asked.
        }
        return false;
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.ASCII.GetString(reader.ValueSpan);
        }
        catch (InvalidOperationException) // half a surrogate pair
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private bool IsMark(string text) => _addresses.Contains(text.Trim().ToLowerInvariant()) || (NumberOf(text) is { } number && _numbers.Contains(number));

    /// <summary>The digits of what is nothing but a number, with punctuation, or the WhatsApp address of one (<c>5511987654321@c.us</c>); null for anything else.</summary>
    private static string? NumberOf(string text)
    {
        if (text.Length > LongestNumber)
            return null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var written = at < 0 ? text : text[..at];
        return written.Any(char.IsAsciiDigit) && !written.Any(char.IsLetter) ? string.Concat(written.Where(char.IsAsciiDigit)).TrimStart('0') : null;
    }
}
