using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recado.Platform.Faults;
using Recado.Platform.Telemetry;
using Recado.WhatsAppDispatcher.Gateways;

namespace Recado.WhatsAppDispatcher.ZApi;

/// <summary>The routes of one gateway number over HTTP. It sends once: it never repeats, redirects or proxies.</summary>
public sealed class ZApiClient(HttpClient http, GatewaySettings settings) : IZApi
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc/>
    public Task<HttpResponseMessage> SendTextAsync(SendText body, CancellationToken cancellation) => PostAsync("send-text", body, cancellation);

    /// <inheritdoc/>
    public Task<HttpResponseMessage> SendImageAsync(SendImage body, CancellationToken cancellation) => PostAsync("send-image", body, cancellation);

    /// <inheritdoc/>
    public Task<HttpResponseMessage> SendDocumentAsync(string extension, SendDocument body, CancellationToken cancellation) =>
        PostAsync($"send-document/{Uri.EscapeDataString(extension)}", body, cancellation, "send-document/{extension}");

    /// <inheritdoc/>
    public Task<HttpResponseMessage> SendLinkAsync(SendLink body, CancellationToken cancellation) => PostAsync("send-link", body, cancellation);

    /// <inheritdoc/>
    public Task<HttpResponseMessage> SendButtonActionsAsync(SendButtonActions body, CancellationToken cancellation) =>
        PostAsync("send-button-actions", body, cancellation);

    /// <inheritdoc/>
    public Task<HttpResponseMessage> SendButtonOtpAsync(SendButtonOtp body, CancellationToken cancellation) => PostAsync("send-button-otp", body, cancellation);

    /// <summary>
    /// Always with a body: .NET silently repeats a POST without one, and a GET, when a pooled connection breaks.
    /// </summary>
    /// <param name="template">The action without values, for the span; the action itself where it has none.</param>
    private async Task<HttpResponseMessage> PostAsync<T>(string action, T body, CancellationToken cancellation, string? template = null)
    {
        Activity.Current?.SetCustomProperty(Spans.UrlTemplate, TemplateOf(template ?? action));
        var path = settings.Path
            .Replace("{instance}", Uri.EscapeDataString(settings.Instance), StringComparison.Ordinal)
            .Replace("{token}", Uri.EscapeDataString(settings.Token), StringComparison.Ordinal)
            .Replace("{action}", action, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.BaseAddress.TrimEnd('/') + path);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, Json));
        request.Content.Headers.ContentType = new("application/json");
        if (settings.ClientToken is not null)
            request.Headers.TryAddWithoutValidation("Client-Token", settings.ClientToken);
        foreach (var (name, value) in settings.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        CrashPoints.ReachAfter(TimeSpan.FromMilliseconds(300), CrashPoints.DispatchWritten);
        return await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
    }

    /// <summary>The path as it is set, unless the token may have been written into it.</summary>
    private string TemplateOf(string action) => settings.Path.Contains("{token}", StringComparison.Ordinal)
        ? settings.Path.Replace("{action}", action, StringComparison.Ordinal)
        : $"/…/{action}";
}
