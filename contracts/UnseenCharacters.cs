using System.Globalization;
using System.Text;

namespace Recado.Contracts;

/// <summary>What a reader does not see: Normalizer takes it out of names, TemplateRenderer lets none of it into a message.</summary>
public static class UnseenCharacters
{
    /// <summary>Combining marks on one character: enough for every living script; "zalgo" stacks dozens.</summary>
    public const int MarksInARow = 4;

    private const int ZeroWidthJoiner = 0x200D;
    private const int EmojiVariation = 0xFE0F;

    /// <summary>Control, bidirectional, zero-width and private characters, noncharacters, and U+FFFD, which stands for something lost.</summary>
    public static bool Contains(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune == Rune.ReplacementChar
        || IsBlank(rune)
        || rune.Value is 0x034F or (>= 0xFDD0 and <= 0xFDEF)
        || (rune.Value & 0xFFFE) == 0xFFFE;

    /// <summary>Letters and symbols by category that show nothing: the Hangul fillers and the empty Braille pattern.</summary>
    public static bool IsBlank(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;

    /// <summary>An accent or vowel that stands on the character before it.</summary>
    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>The one unseen character that stays: the joiner that makes one emoji of two.</summary>
    public static bool JoinsEmoji(Rune before, Rune rune, Rune after) =>
        rune.Value == ZeroWidthJoiner && (IsSymbol(before) || before.Value == EmojiVariation) && IsSymbol(after);

    private static bool IsSymbol(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;
}
