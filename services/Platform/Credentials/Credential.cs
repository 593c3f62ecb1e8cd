namespace Recado.Platform.Credentials;

/// <summary>What a sender shows to prove which store it speaks for. Only the hash of its token is kept.</summary>
/// <param name="StoreId">The store it opens.</param>
/// <param name="Source">The one source it is good for, <see cref="Contracts.Sources"/>.</param>
/// <param name="Channel">The partner or gateway instance it belongs to.</param>
/// <param name="Demo">True for tokens that everybody knows: good on the loopback address only.</param>
/// <param name="NotBefore">Good from then on (UTC); null for always.</param>
/// <param name="NotAfter">Good until and including then (UTC); null for ever.</param>
/// <param name="Signing">How its requests must be signed as well; null where the token is enough.</param>
public sealed record Credential(string StoreId, string Source, string? Channel, bool Demo,
    DateTimeOffset? NotBefore = null, DateTimeOffset? NotAfter = null, Signing? Signing = null)
{
    /// <summary>Asked at each use: a credential ends by itself, whoever looks or not.</summary>
    public bool IsGoodAt(DateTimeOffset now) => !(now < NotBefore) && !(now > NotAfter);
}
