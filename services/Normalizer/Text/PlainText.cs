using System.Globalization;
using System.Text;
using Recado.Contracts;

namespace Recado.Normalizer.Text;

/// <summary>Cleans text that strangers wrote, so that it can be shown to people and stored anywhere.</summary>
public static class PlainText
{
    /// <summary>Longest name of a person or shop, in graphemes (what a reader counts as one character).</summary>
    public const int NameLength = 60;

    /// <summary>Longest title of a product, in graphemes.</summary>
    public const int TitleLength = 120;

    private const int MessageLength = 4096;

    /// <summary>
    /// One line: NFC, white space folded, no control, bidirectional or zero-width characters (a joiner inside an emoji stays),
    /// no towers of combining marks, at most so many graphemes. The case stays as given. Null if nothing is left.
    /// </summary>
    public static string? Line(string? text, int graphemes)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (IsClean(text, graphemes))
            return text;
        Rune[] runes = [.. text.EnumerateRunes()];
        var line = new StringBuilder(text.Length);
        var marks = 0;
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            if (IsSpace(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                    line.Append(' ');
                continue;
            }
            var (before, after) = (i > 0 ? runes[i - 1] : default, i + 1 < runes.Length ? runes[i + 1] : default);
            if (UnseenCharacters.Contains(rune) && !UnseenCharacters.JoinsEmoji(before, rune, after))
                continue;
            marks = UnseenCharacters.IsMark(rune) ? marks + 1 : 0;
            if (marks <= UnseenCharacters.MarksInARow)
                line.Append(rune);
        }
        var clean = line.ToString().TrimEnd().Normalize(NormalizationForm.FormC);
        return clean.Length == 0 ? null : Cut(clean, graphemes);
    }

    /// <summary>What somebody wrote in a chat: line feeds stay, other control characters go; at most 4,096 UTF-16 units.</summary>
    public static string? Message(string? text)
    {
        var clean = WithoutControl(text, keepLineFeeds: true);
        if (string.IsNullOrWhiteSpace(clean))
            return null;
        if (clean.Length <= MessageLength)
            return clean;
        var end = char.IsHighSurrogate(clean[MessageLength - 1]) ? MessageLength - 1 : MessageLength;
        return clean[..end];
    }

    /// <summary>An id, a code, a word: no control characters, no outer white space. Null if nothing is left.</summary>
    public static string? Token(string? text)
    {
        var clean = WithoutControl(text, keepLineFeeds: false)?.Trim();
        return string.IsNullOrEmpty(clean) ? null : clean;
    }

    /// <summary>The text without control characters (U+0000 stops PostgreSQL) and halves of surrogate pairs.</summary>
    public static string? WithoutControl(string? text, bool keepLineFeeds)
    {
        if (text is null || !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune != Rune.ReplacementChar && (!Rune.IsControl(rune) || (keepLineFeeds && rune.Value == '\n')))
                clean.Append(rune);
        return clean.ToString();
    }

    // Most text: printable ASCII with single spaces inside.
    private static bool IsClean(string text, int longest) =>
        text.Length <= longest && text[0] != ' ' && text[^1] != ' '
        && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains("  ", StringComparison.Ordinal);

    private static string Cut(string line, int graphemes)
    {
        var end = 0;
        for (var count = 0; count < graphemes && end < line.Length; count++)
            end += StringInfo.GetNextTextElementLength(line, end);
        return line[..end].TrimEnd();
    }

    private static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune) || UnseenCharacters.IsBlank(rune);
}
