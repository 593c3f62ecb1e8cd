using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace Recado.Platform.Telemetry;

/// <summary>
/// Some senders and gateways carry secrets in the URL path (<c>/webhooks/ezapi/SECRET</c>, <c>/token/SECRET/send-text</c>).
/// They are replaced before a span leaves the process; the server's own spans carry no path at all
/// (<see cref="ServerSpans"/>).
/// </summary>
internal sealed partial class SecretsOutOfSpans : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        foreach (var (key, value) in data.TagObjects.ToList())
            if (value is string text && Redact(text) is var redacted && redacted != text)
                data.SetTag(key, redacted);
        data.DisplayName = Redact(data.DisplayName);
    }

    internal static string Redact(string text) => Secret().Replace(text, "$1…");

    [GeneratedRegex(@"(/webhooks/(?:ezapi|abandoned-cart)/|/token/|/phone-exists/)[^/?{\s]+", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
