using System.Diagnostics;
using OpenTelemetry;

namespace Recado.Platform.Telemetry;

/// <summary>
/// Addresses hold what is nobody's business: secrets in the path (<c>/webhooks/ezapi/SECRET</c>, <c>/token/SECRET/send-text</c>),
/// phones, and whatever a caller makes up. Before a span leaves the process, a server's address becomes its route, and a
/// client's keeps scheme and host.
/// </summary>
internal sealed class SecretsOutOfSpans : BaseProcessor<Activity>
{
    private const string Hidden = "/…";

    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem("url.path") is not null)
            data.SetTag("url.path", data.GetTagItem("http.route") ?? Hidden);
        if (data.GetTagItem("url.query") is not null)
            data.SetTag("url.query", null);
        if (data.GetTagItem("url.full") is string address)
            data.SetTag("url.full", Uri.TryCreate(address, UriKind.Absolute, out var uri) ? $"{uri.Scheme}://{uri.Authority}{Hidden}" : Hidden);
    }
}
