using Recado.Contracts;

namespace Recado.TemplateRenderer.Values;

/// <summary>Speaks of the lines of a cart or an order.</summary>
internal static class ItemList
{
    /// <summary>The first line that has a name.</summary>
    public static string? First(IEnumerable<Item> items) =>
        items.Select(item => PlainText.Clean(item.Name)).FirstOrDefault(name => name is not null);

    /// <summary>All pieces, counting quantities; a line is at least one piece.</summary>
    public static long? Pieces(IEnumerable<Item> items) => items.Sum(item => (long)Math.Max(1, item.Quantity));

    /// <summary>"Notebook Dell Inspiron e mais 1 item": counts lines, for three of the same are still one product.</summary>
    public static string? Summary(IEnumerable<Item> items)
    {
        Item[] lines = [.. items];
        if (First(lines) is not { } first) return null;
        return lines.Length switch
        {
            1 => first,
            2 => $"{Shorten(first)} e mais 1 item",
            var count => $"{Shorten(first)} e mais {count - 1} itens",
        };
    }

    /// <summary>Leaves room for the rest of the sentence within a text's length.</summary>
    private static string Shorten(string name)
    {
        var cut = PlainText.Cut(name, 80);
        return cut.Length == name.Length ? name : cut.TrimEnd() + "…";
    }
}
