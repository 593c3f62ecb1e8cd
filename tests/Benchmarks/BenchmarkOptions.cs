namespace Recado.Tests.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Names">Yardsticks to lay on, in order.</param>
/// <param name="Json">The file that gets the figures.</param>
/// <param name="Quick">Shorter runs: rougher figures.</param>
public sealed record BenchmarkOptions(IReadOnlyList<string> Names, string? Json, bool Quick)
{
    /// <summary>Null when the arguments make no sense.</summary>
    public static BenchmarkOptions? Parse(string[] arguments)
    {
        var options = new BenchmarkOptions([], null, false);
        var words = new Queue<string>(arguments);
        while (words.TryDequeue(out var word))
        {
            if (With(options, word, words) is not { } next)
                return null;
            options = next;
        }
        return options.Names.Count == 0 ? null : options;
    }

    private static BenchmarkOptions? With(BenchmarkOptions options, string word, Queue<string> rest) => word switch
    {
        "--quick" => options with { Quick = true },
        "--list" => null,
        "--json" => rest.TryDequeue(out var file) ? options with { Json = file } : null,
        "all" => options with { Names = [.. Yardstick.All.Where(yardstick => !yardstick.ByHand).Select(yardstick => yardstick.Name)] },
        _ => Yardstick.All.Any(yardstick => yardstick.Name == word) ? options with { Names = [.. options.Names, word] } : null,
    };
}
