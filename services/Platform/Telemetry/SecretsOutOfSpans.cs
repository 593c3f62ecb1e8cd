using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace Recado.Platform.Telemetry;

/// <summary>
/// Addresses hold what is nobody's business: secrets in the path (<c>/webhooks/ezapi/SECRET</c>, <c>/token/SECRET/send-text</c>),
/// phones, and whatever a caller makes up. Before a span leaves the process, a server's address becomes its route, a
/// client's keeps scheme and host, with the template of its path where that is known (<see cref="Spans.UrlTemplate"/>), and secrets of a known form are replaced wherever else they stand.
/// </summary>
internal sealed partial class SecretsOutOfSpans : BaseProcessor<Activity>
{
    private const string Hidden = "/…";

    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem("url.path") is not null)
            data.SetTag("url.path", data.GetTagItem("http.route") ?? Hidden);
        if (data.GetTagItem("url.query") is not null)
            data.SetTag("url.query", null);
        if (data.GetTagItem("url.full") is string address)
            HideClientAddress(data, address, data.Parent?.GetCustomProperty(Spans.UrlTemplate) as string);
        foreach (var (key, value) in data.TagObjects.ToList())
            if (value is string text && Redact(text) is var redacted && redacted != text)
                data.SetTag(key, redacted);
        data.DisplayName = Redact(data.DisplayName);
    }

    private static void HideClientAddress(Activity data, string address, string? template)
    {
        data.SetTag("url.full", Uri.TryCreate(address, UriKind.Absolute, out var uri) ? $"{uri.Scheme}://{uri.Authority}{template ?? Hidden}" : Hidden);
        if (template is null)
            return;
        data.SetTag("url.template", template);
        data.DisplayName = $"{data.GetTagItem("http.request.method")} {template}";
    }

    internal static string Redact(string text) => Secret().Replace(text, "$1…");

    [GeneratedRegex(@"(/webhooks/(?:ezapi|abandoned-cart)/|/token/|/phone-exists/)[^/?{\s]+", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
