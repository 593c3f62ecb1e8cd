using Recado.Contracts;
using Recado.Platform.Hosting;

namespace Recado.Platform.Erasing;

/// <summary>Who asked to be forgotten, as the command line of <c>erase</c> says it.</summary>
/// <param name="Store">The store that was asked; other stores know another person.</param>
/// <param name="Keys">As in <see cref="CommerceEvent.Keys"/>; a Brazilian mobile in both its forms.</param>
/// <param name="OnlyCount">Says what would be erased, and erases nothing.</param>
public sealed record ErasureRequest(string Store, IReadOnlyList<string> Keys, bool OnlyCount)
{
    /// <summary>What follows the verb.</summary>
    public const string Usage = "--store S [--phone +5511987654321] [--email ana@example.com] [--document 12345678909] [--customer wiapy:6812a0f4] [--dry-run]";

    /// <summary>Reads it. No sentence quotes what was given: it is somebody's.</summary>
    /// <exception cref="CannotStartException">It names no store or no person.</exception>
    public static ErasureRequest Read(VerbLine line)
    {
        if (line.Words.Count > 0 || line.Value("store") is not { } store)
            throw line.Wrong($"is used so: {Usage}");
        string[] keys = [.. Phones(line), .. Email(line), .. Document(line), .. Customer(line)];
        if (keys.Length == 0)
            throw line.Wrong("needs --phone, --email, --document or --customer.");
        return new(store, keys, line.Has("dry-run"));
    }

    private static IEnumerable<string> Phones(VerbLine line)
    {
        if (line.Value("phone") is not { } phone)
            return [];
        if (phone[0] != '+' || phone.Length is < 9 or > 16 || !phone.Skip(1).All(char.IsAsciiDigit))
            throw line.Wrong("--phone: Give it with country and area code and nothing between, for example +5511987654321.");
        return OtherForm(phone) is { } other ? [$"phone:{phone}", $"phone:{other}"] : [$"phone:{phone}"];
    }

    /// <summary>A Brazilian mobile without its ninth digit, or with it; null for other numbers.</summary>
    private static string? OtherForm(string phone) => phone switch
    {
        _ when !phone.StartsWith("+55", StringComparison.Ordinal) => null,
        { Length: 14 } when phone[5] == '9' => phone.Remove(5, 1),
        { Length: 13 } when phone[5] is >= '6' and <= '9' => phone.Insert(5, "9"),
        _ => null,
    };

    private static IEnumerable<string> Email(VerbLine line) => line.Value("email")?.Trim().ToLowerInvariant() switch
    {
        null => [],
        { Length: <= 254 } email when email.Contains('@', StringComparison.Ordinal) => [$"email:{email}"],
        _ => throw line.Wrong("--email: That is no address."),
    };

    private static IEnumerable<string> Document(VerbLine line)
    {
        if (line.Value("document") is not { } document)
            return [];
        var digits = string.Concat(document.Where(char.IsAsciiDigit));
        if (digits.Length is not (11 or 14))
            throw line.Wrong("--document: Give the digits of a CPF or CNPJ.");
        return [$"document:{digits}"];
    }

    private static IEnumerable<string> Customer(VerbLine line) => line.Value("customer") switch
    {
        null => [],
        { } customer when Sources.All.Any(source => customer.Length > source.Length + 1 && customer.StartsWith(source + ":", StringComparison.Ordinal)) => [$"customer:{customer}"],
        _ => throw line.Wrong($"--customer: Give the source and its own id of the person, for example {Sources.Wiapy}:6812a0f4."),
    };
}
