using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Recado.Contracts;

namespace Recado.TemplateRenderer.Values;

/// <summary>
/// Makes a text that somebody else wrote harmless inside a message: one line, visible, without WhatsApp markup. Events
/// come with clean names; this trusts none of them, and markup means something here only.
/// </summary>
internal static partial class PlainText
{
    public const int MostGraphemes = 120;

    /// <summary>Null when nothing visible is left. What is too long ends with an ellipsis.</summary>
    public static string? Clean(string? raw)
    {
        var text = Fold(raw);
        return text is null || Cut(text, MostGraphemes).Length == text.Length ? text : Cut(text, MostGraphemes - 1).TrimEnd() + "…";
    }

    /// <summary>The first graphemes; a character with its accents, or an emoji with its parts, is never split.</summary>
    public static string Cut(string text, int graphemes)
    {
        var length = 0;
        for (var i = 0; i < graphemes && length < text.Length; i++)
            length += StringInfo.GetNextTextElementLength(text, length);
        return text[..length];
    }

    /// <summary>Everything that <see cref="Clean"/> does except for the length.</summary>
    public static string? Fold(string? raw)
    {
        if (string.IsNullOrWhiteSpace(raw)) return null;
        Rune[] runes = [.. raw.EnumerateRunes()];
        var text = new StringBuilder(raw.Length);
        var (last, marks, space) = (default(Rune), 0, false);
        for (var i = 0; i < runes.Length; i++)
        {
            var (rune, next) = (runes[i], i + 1 < runes.Length ? runes[i + 1] : default);
            if (Rune.IsWhiteSpace(rune)) space = true;
            if (IsMarkup(rune)) space |= Rune.IsLetterOrDigit(last) && Rune.IsLetterOrDigit(next);
            if (Rune.IsWhiteSpace(rune) || IsMarkup(rune)) continue;
            if (UnseenCharacters.Contains(rune) && !UnseenCharacters.JoinsEmoji(last, rune, next)) continue;

            marks = UnseenCharacters.IsMark(rune) ? marks + 1 : 0;
            // A mark with nothing below it would change what stands before the value.
            if (marks > UnseenCharacters.MarksInARow || (marks > 0 && (space || text.Length == 0))) continue;
            if (space && text.Length > 0) text.Append(' ');
            text.Append(rune);
            (last, space) = (rune, false);
        }
        // At the start of a line these would make a quotation or a list.
        var folded = text.ToString().Normalize(NormalizationForm.FormC).TrimStart('>', '-', ' ');
        return folded.Length == 0 ? null : folded;
    }

    /// <summary>True when a person sees every character of it, and no half of a surrogate pair is left.</summary>
    public static bool IsVisible(string text) => !text.EnumerateRunes().Any(UnseenCharacters.Contains);

    /// <summary>Whether WhatsApp would make a link of it: whoever gives a name to a checkout or a shop could have an address sent to strangers.</summary>
    public static bool ReadsAsLink(string text) => Address().IsMatch(text);

    private static bool IsMarkup(Rune rune) => rune.Value is '*' or '_' or '~' or '`';

    [GeneratedRegex(@"://|[\p{L}\p{N}-]{2,}\.\p{L}{2,}")]
    private static partial Regex Address();
}
