using System.Text.RegularExpressions;

namespace Recado.Platform.Hosting;

/// <summary>
/// What stands on the command line behind a verb, and only what stands there: a variable of the environment that happens to
/// be called EMAIL is none of it. Options are in lower case; what begins with a capital (<c>--Database=…</c>) is a setting.
/// </summary>
public sealed partial class VerbLine
{
    private readonly Dictionary<string, string?> _options = [];
    private readonly List<string> _words = [];
    private readonly Verb _verb;

    private VerbLine(Verb verb) => _verb = verb;

    /// <summary>What stands there without <c>--</c>, in its order.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Reads it. A misspelt filter is refused: without it a verb would do more than was meant.</summary>
    /// <exception cref="CannotStartException">An option is not the verb's, or is given twice.</exception>
    internal static VerbLine Read(IReadOnlyList<string> arguments, Verb verb)
    {
        var line = new VerbLine(verb);
        var known = Option().Matches(verb.Usage).Select(found => found.Groups[1].Value).ToHashSet();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!IsOption(arguments[i]))
            {
                line._words.Add(arguments[i]);
                continue;
            }
            var parts = arguments[i][2..].Split('=', 2);
            var value = parts.Length == 2 ? parts[1] : i + 1 < arguments.Count && !IsOption(arguments[i + 1]) ? arguments[++i] : null;
            if (parts[0].Length > 0 && char.IsAsciiLetterUpper(parts[0][0]))
                continue;
            if (!known.Contains(parts[0]))
                throw line.Wrong($"does not know --{parts[0]}: {verb.Name} {verb.Usage}".TrimEnd());
            if (!line._options.TryAdd(parts[0], value))
                throw line.Wrong($"takes --{parts[0]} once.");
        }
        return line;
    }

    /// <summary>True where the option stands there.</summary>
    /// <exception cref="CannotStartException">It has a value, which it does not take.</exception>
    public bool Has(string option) =>
        _options.TryGetValue(option, out var value) && (value is null ? true : throw Wrong($"takes --{option} without a value."));

    /// <summary>The value of an option, or null where it does not stand there.</summary>
    /// <exception cref="CannotStartException">It stands there without a value.</exception>
    public string? Value(string option) =>
        !_options.TryGetValue(option, out var value) ? null : !string.IsNullOrWhiteSpace(value) ? value : throw Wrong($"needs a value after --{option}.");

    /// <summary>What is thrown for a line that cannot be meant.</summary>
    /// <param name="sentence">Without its subject, which is the verb. It never quotes what may be personal.</param>
    public CannotStartException Wrong(string sentence) => new($"{_verb.Name} {sentence}");

    private static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

    [GeneratedRegex("--([a-z][a-z-]*)")]
    private static partial Regex Option();
}
