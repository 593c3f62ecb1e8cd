using System.Text;

namespace Recado.TemplateRenderer.Values;

/// <summary>Says people's names the way they would write them.</summary>
internal static class PersonName
{
    private const int MostGraphemes = 60;
    private static readonly HashSet<string> Titles =
        new(["sr", "sra", "srta", "dr", "dra", "prof", "profa"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Particles =
        new(["da", "das", "de", "del", "do", "dos", "e", "van", "von"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Numerals =
        new(["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii"], StringComparer.OrdinalIgnoreCase);

    /// <summary>JOÃO DA SILVA becomes João da Silva; a name in mixed case stays as it is. Null when there is none.</summary>
    public static string? Full(string? raw)
    {
        string[] words = [.. Words(raw)];
        if (words.Length == 0) return null;
        if (IsMixedCase(string.Concat(words))) return string.Join(' ', words);
        return string.Join(' ', words.Select((word, i) => i == 0 ? Capitalise(word) : CapitaliseLater(word)));
    }

    /// <summary>The first word that is no title: João for "Dr. JOÃO SILVA". Null when there is none.</summary>
    public static string? First(string? raw)
    {
        var first = Words(raw).FirstOrDefault(word => !Titles.Contains(word.TrimEnd('.')))?.TrimEnd(',', ';');
        if (string.IsNullOrEmpty(first)) return null;
        return IsMixedCase(first) ? first : Capitalise(first);
    }

    /// <summary>
    /// None for a name that reads as a web address: whoever types a name at a checkout also types the phone,
    /// and would have the shop send the address to a stranger.
    /// </summary>
    private static string[] Words(string? raw)
    {
        if (PlainText.Fold(raw) is not { } text || !text.EnumerateRunes().Any(Rune.IsLetterOrDigit)) return [];
        string[] words = [.. PlainText.Cut(text, MostGraphemes).Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(ApartFromTitle)];
        return words.Any(PlainText.ReadsAsLink) ? [] : words;
    }

    /// <summary>"Dr.João" is two words.</summary>
    private static string[] ApartFromTitle(string word)
    {
        var dot = word.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot + 1 < word.Length && Titles.Contains(word[..dot]) ? [word[..(dot + 1)], word[(dot + 1)..]] : [word];
    }

    private static bool IsMixedCase(string text) => text.EnumerateRunes().Any(Rune.IsUpper) && text.EnumerateRunes().Any(Rune.IsLower);

    /// <summary>da Silva, d'Ávila, João Paulo II.</summary>
    private static string CapitaliseLater(string word)
    {
        if (Particles.Contains(word)) return word.ToLowerInvariant();
        if (Numerals.Contains(word)) return word.ToUpperInvariant();
        var capitalised = Capitalise(word);
        return capitalised.Length > 2 && capitalised[0] == 'D' && capitalised[1] is '\'' or '’' ? "d" + capitalised[1..] : capitalised;
    }

    private static string Capitalise(string word)
    {
        var result = new StringBuilder(word.Length);
        var startsPart = true;
        foreach (var rune in word.EnumerateRunes())
        {
            result.Append(startsPart ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune));
            startsPart = rune.Value is '-' or '\'' or '’' or '.';
        }
        // McDonald, and whoever begins like him.
        if (word.Length > 4 && word.StartsWith("mc", StringComparison.OrdinalIgnoreCase)) result[2] = char.ToUpperInvariant(result[2]);
        // The other case of a letter may compose with the marks after it.
        return result.ToString().Normalize(NormalizationForm.FormC);
    }
}
