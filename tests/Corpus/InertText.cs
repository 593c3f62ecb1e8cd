using System.Globalization;
using System.Text;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Corpus;

/// <summary>Whether a message is what the template says, whatever its values were.</summary>
internal static class InertText
{
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>What is wrong with it, or null.</summary>
    public static string? Problem(GatewayMessage message, Case @case)
    {
        var lines = message.Text.Split('\n');
        string[] plain = [.. CorpusBundle.Lines.Take(3), CorpusBundle.Lines[^1]];
        var expected = lines.Length == plain.Length ? plain : CorpusBundle.Lines;
        return message.Text.Length > 4096 ? $"it has {message.Text.Length} characters"
            : lines.Length != expected.Count || lines.Zip(expected).Any(pair => !pair.First.StartsWith(pair.Second, StringComparison.Ordinal)) ? "a line was forged"
            : Invisible(message.Text) is { } rune ? $"U+{rune.Value:X4} is in it"
            : lines[..3].Any(line => line.AsSpan().ContainsAny("*_~`")) ? "it has markup"
            : message.Text.Contains("{{", StringComparison.Ordinal) && @case.Value?.Contains("{{", StringComparison.Ordinal) != true ? "a placeholder was left"
            : @case.IsHeldBack && message.Text.Contains(@case.Value!, StringComparison.Ordinal) ? "it shows what must be held back"
            : null;
    }

    /// <summary>The first character that nobody sees; a joiner between the parts of an emoji is part of what is seen.</summary>
    private static Rune? Invisible(string text)
    {
        var last = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            var hides = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
                || rune == Rune.ReplacementChar;
            if (hides && rune.Value != '\n' && !(rune.Value == ZeroWidthJoiner && Rune.GetUnicodeCategory(last) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.NonSpacingMark))
                return rune;
            last = rune;
        }
        return null;
    }
}
