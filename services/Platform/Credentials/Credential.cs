namespace Recado.Platform.Credentials;

/// <summary>What a sender shows to prove which store it speaks for. Only the hash of its token is kept.</summary>
/// <param name="StoreId">The store it opens.</param>
/// <param name="Source">The one source it is good for, <see cref="Contracts.Sources"/>.</param>
/// <param name="Channel">The partner or gateway instance it belongs to.</param>
/// <param name="Demo">True for tokens that everybody knows: good on the loopback address only.</param>
public sealed record Credential(string StoreId, string Source, string? Channel, bool Demo);
