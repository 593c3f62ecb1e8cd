namespace Recado.TemplateRenderer;

/// <summary>A stretch of a template: literal text, or the name inside <c>{{ }}</c>.</summary>
internal readonly record struct Segment(string Text, bool IsPlaceholder);

/// <summary>Takes a template text apart, once, from left to right. There is no logic to it: a name or nothing.</summary>
internal static class Placeholders
{
    /// <summary>False when double braces are left over, as in <c>Oi {{name</c>.</summary>
    public static bool TrySplit(string text, out IReadOnlyList<Segment> segments)
    {
        List<Segment> found = [];
        segments = found;
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf("{{", position, StringComparison.Ordinal);
            var literal = open < 0 ? text[position..] : text[position..open];
            if (literal.Contains("}}", StringComparison.Ordinal)) return false;
            if (literal.Length > 0) found.Add(new(literal, false));
            if (open < 0) break;

            var close = text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0) return false;
            found.Add(new(text[(open + 2)..close].Trim(), true));
            position = close + 2;
        }
        return true;
    }
}
