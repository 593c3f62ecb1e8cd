using Recado.Contracts;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.Reading;

/// <summary>The <c>utm_…</c> fields, which every checkout names alike.</summary>
internal static class Tracking
{
    /// <summary>What brought the customer; null where nothing is told.</summary>
    public static Attribution? Of(Fields utms)
    {
        var attribution = new Attribution
        {
            Src = Value(utms, "src"),
            Source = Value(utms, "utm_source"),
            Medium = Value(utms, "utm_medium"),
            Campaign = Value(utms, "utm_campaign"),
            Content = Value(utms, "utm_content"),
            Term = Value(utms, "utm_term"),
        };
        return attribution == new Attribution() ? null : attribution;
    }

    private static string? Value(Fields utms, string name) => PlainText.Line(utms.Raw(name), PlainText.TitleLength);
}
