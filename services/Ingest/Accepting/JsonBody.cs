using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Recado.Ingest.Accepting;

/// <summary>Reads a body within its limits and proves that all of it can be read later.</summary>
internal static class JsonBody
{
    /// <summary>The bytes, or the status and code of the refusal.</summary>
    public static async Task<(byte[]? Body, Refusal? Refusal)> ReadAsync(HttpContext http, int limit)
    {
        if (http.Request.Headers.ContentEncoding.Count > 0)
            return (null, new(StatusCodes.Status415UnsupportedMediaType, "compressed_body"));
        if (http.Request.ContentLength > limit)
            return (null, new(StatusCodes.Status413PayloadTooLarge, "body_too_large"));
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit;
        try
        {
            using var buffer = new MemoryStream((int)(http.Request.ContentLength ?? 1024));
            await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
            return (buffer.ToArray(), null);
        }
        catch (BadHttpRequestException exception)
        {
            return (null, new(exception.StatusCode, exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? "body_too_large" : "incomplete_body"));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return (null, new(StatusCodes.Status400BadRequest, "incomplete_body")); // the sender broke off, or its chunks make no sense
        }
    }

    /// <summary>Parses strictly: one value, within its limits, no key twice, every string valid text.</summary>
    public static (JsonDocument? Document, Refusal? Refusal) Parse(byte[] body, JsonLimits limits)
    {
        var text = body.AsMemory();
        if (text.Span.StartsWith("\uFEFF"u8))
            text = text[3..]; // a byte order mark is harmless
        JsonDocument? document = null;
        try
        {
            if (!limits.Allow(text.Span))
                return (null, new(StatusCodes.Status400BadRequest, "too_complex"));
            document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = limits.Levels, AllowDuplicateProperties = false });
            ReadAllText(document.RootElement);
            return (document, null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            document?.Dispose();
            return (null, new(StatusCodes.Status400BadRequest, "malformed_json"));
        }
    }

    /// <summary>Lone surrogates and broken UTF-8 pass the parser and fail only when the string is read: read them all here.</summary>
    private static void ReadAllText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    ReadAllText(property.Value);
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    ReadAllText(item);
                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}

/// <summary>Why a request is not taken: HTTP status and stable code.</summary>
/// <param name="RetryAfter">Seconds after which it is worth to come again; null where nothing changes by waiting.</param>
internal sealed record Refusal(int Status, string Code, int? RetryAfter = null);
