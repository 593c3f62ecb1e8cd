using System.Security.Cryptography;

namespace Recado.Tests.Corpus;

/// <summary>All cases of an endpoint; the same at every run.</summary>
internal static class Corpus
{
    public static readonly IReadOnlyList<Endpoint> Endpoints =
        [new WiapyEndpoint(), new CartEndpoint(tokenInPath: false), new CartEndpoint(tokenInPath: true), new PartnerEndpoint(), new EventsEndpoint(), new EzApiEndpoint()];

    /// <summary>Each case once, by the bytes of its request: what two generators hit upon alike counts for the first.</summary>
    public static IReadOnlyList<Case> Of(Endpoint endpoint) => [.. Everything(endpoint).DistinctBy(Fingerprint)];

    /// <summary>The request without what belongs to the case's own person.</summary>
    public static string Fingerprint(Case @case) => Convert.ToHexString(SHA256.HashData(@case.Make(Person.Nobody).ToBytes()));

    // The valid payload comes first: whatever else comes to the same bytes is no strange one.
    private static IEnumerable<Case> Everything(Endpoint endpoint) =>
    [
        new("Valid", "the document's own shape", endpoint.Sends ? Kind.Odd : Kind.Bad, person => endpoint.Post(endpoint.Valid(person))),
        .. Malformed.Of(endpoint), .. BrokenText.Of(endpoint), .. Documents.Of(endpoint), .. Structure.Of(endpoint), .. NaughtyText.Of(endpoint), .. Amounts.Of(endpoint),
        .. Phones.Of(endpoint), .. Links.Of(endpoint), .. Codes.Of(endpoint), .. HttpShapes.Of(endpoint), .. Framing.Of(endpoint), .. Sizes.Of(endpoint),
        .. Credentials.Of(endpoint), .. DuplicateKeys.Of(endpoint), .. Callbacks.Of(endpoint),
    ];
}
