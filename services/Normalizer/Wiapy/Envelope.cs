using Recado.Normalizer.Reading;

namespace Recado.Normalizer.Wiapy;

/// <summary>The document puts the payment at the root; live traffic wraps it in <c>data</c>, relays in <c>body</c> as well.</summary>
internal static class Envelope
{
    /// <summary>The object that holds <c>payment</c>; the root where none does.</summary>
    public static Fields Open(Fields root)
    {
        var body = root.Object("body");
        foreach (var candidate in (ReadOnlySpan<Fields>)[root, root.Object("data"), body, body.Object("data")])
            if (candidate.Object("payment").Exists)
                return candidate;
        return root;
    }
}
