using System.Globalization;
using System.Text;

namespace Recado.TemplateRenderer.Values;

/// <summary>Makes a text that somebody else wrote harmless inside a message: one line, visible, without WhatsApp markup.</summary>
internal static class PlainText
{
    public const int MostGraphemes = 120;

    /// <summary>Enough for every living script; "zalgo" stacks dozens.</summary>
    private const int MostMarks = 4;
    private const int ZeroWidthJoiner = 0x200D;
    private const int VariationSelector16 = 0xFE0F;

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
        Rune[] runes = [.. Runes(raw)];
        var text = new StringBuilder(raw.Length);
        var (last, marks, space) = (default(Rune), 0, false);
        for (var i = 0; i < runes.Length; i++)
        {
            var (rune, next) = (runes[i], i + 1 < runes.Length ? runes[i + 1] : default);
            if (Rune.IsWhiteSpace(rune)) space = true;
            if (IsMarkup(rune)) space |= Rune.IsLetterOrDigit(last) && Rune.IsLetterOrDigit(next);
            if (Rune.IsWhiteSpace(rune) || IsMarkup(rune) || (IsInvisible(rune) && !JoinsEmoji(last, rune, next))) continue;

            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks > MostMarks) continue;
            if (space && text.Length > 0) text.Append(' ');
            text.Append(rune);
            (last, space) = (rune, false);
        }
        // At the start of a line these would make a quotation or a list.
        var folded = text.ToString().TrimStart('>', '-', ' ');
        return folded.Length == 0 ? null : folded;
    }

    /// <summary>Control, bidi, zero-width and other characters that a person does not see.</summary>
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        // Hangul fillers and the blank Braille pattern count as letter and symbol, yet show nothing.
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;

    /// <summary>True when a person sees every character of it, and no half of a surrogate pair is left.</summary>
    public static bool IsVisible(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and <= '~') continue;
            if (!Rune.TryGetRuneAt(text, i, out var rune) || IsInvisible(rune)) return false;
            i += rune.Utf16SequenceLength - 1;
        }
        return true;
    }

    /// <summary>The characters of a string; halves of surrogate pairs are left out.</summary>
    private static IEnumerable<Rune> Runes(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune)) continue;
            yield return rune;
            i += rune.Utf16SequenceLength - 1;
        }
    }

    private static bool IsMarkup(Rune rune) => rune.Value is '*' or '_' or '~' or '`';

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool JoinsEmoji(Rune last, Rune rune, Rune next) =>
        rune.Value == ZeroWidthJoiner && (IsSymbol(last) || last.Value == VariationSelector16) && IsSymbol(next);

    private static bool IsSymbol(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;
}
