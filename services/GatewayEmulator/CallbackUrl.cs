using System.Diagnostics.CodeAnalysis;

namespace Recado.GatewayEmulator;

/// <summary>What may be a callback's address: the real gateway takes https only, a test also http.</summary>
internal static class CallbackUrl
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https" && url.Host.Length > 0;
}
