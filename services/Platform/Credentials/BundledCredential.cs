using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recado.Contracts;
using Recado.Platform.Hosting;

namespace Recado.Platform.Credentials;

/// <summary>A store in the bundle, as far as it is about credentials.</summary>
internal sealed record BundledStore(string Id, IReadOnlyList<BundledCredential>? Credentials = null);

/// <summary>A credential in the bundle; deploy/settings.md says what its fields mean.</summary>
internal sealed record BundledCredential(string Source, string? Token = null, string? TokenSha256 = null, string? Channel = null,
    bool Demo = false, string? NotBefore = null, string? NotAfter = null, BundledSigning? Signing = null)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The credential, with the hash by which it is found.</summary>
    /// <exception cref="CannotStartException">It says something that cannot be meant. Nothing is guessed: a door that is set up wrongly stays shut.</exception>
    public (string Hash, Credential Credential) Read(string store)
    {
        if (!Sources.All.Contains(Source))
            throw Wrong(store, $"has no known source ({string.Join(", ", Sources.All)})");
        if (Source is Sources.Partner or Sources.EzApi && string.IsNullOrEmpty(Channel))
            throw Wrong(store, "has no channel");
        var (from, to) = (TimeOf(NotBefore, nameof(NotBefore), store), TimeOf(NotAfter, nameof(NotAfter), store));
        if (from > to)
            throw Wrong(store, "ends before it begins");
        if (Signing is not null && Source is not (Sources.Partner or Sources.Events))
            throw Wrong(store, "has signing, which only partner and events know");
        return (HashOf(store), new(store, Source, Channel, Demo, from, to, Signing?.Read(fault => Wrong(store, fault))));
    }

    /// <summary>SHA-256 of a token, in hex.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private string HashOf(string store) => this switch
    {
        { TokenSha256: { Length: 64 } hash } => hash.ToLowerInvariant(),
        { Token: { Length: > 0 } token } => Hash(token),
        _ => throw Wrong(store, "has neither token nor tokenSha256"),
    };

    private DateTimeOffset? TimeOf(string? text, string field, string store)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Wrong(store, $"has a {char.ToLowerInvariant(field[0])}{field[1..]} that is not a time in UTC such as 2026-01-31T00:00:00Z");
    }

    private CannotStartException Wrong(string store, string fault) => new($"a '{Source}' credential of store '{store}' in the bundle {fault}.");
}

/// <summary>How the requests of a credential are signed, in the bundle.</summary>
internal sealed record BundledSigning(IReadOnlyList<string>? Secrets = null, int ToleranceSeconds = 300)
{
    public Signing Read(Func<string, Exception> wrong)
    {
        if (Secrets is not { Count: 1 or 2 })
            throw wrong("must have one or two signing secrets");
        if (ToleranceSeconds is < 1 or > 3600)
            throw wrong("has a signing tolerance that is not between 1 and 3600 seconds");
        return new([.. Secrets.Select(secret => Signing.KeyOf(secret ?? "") ?? throw wrong("has a signing secret that is not whsec_ and base64 of 24 to 64 bytes"))],
            TimeSpan.FromSeconds(ToleranceSeconds));
    }
}
