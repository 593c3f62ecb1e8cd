using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Recado.GatewayEmulator;

/// <summary>Every refusal of the gateway: <c>{"error":"…"}</c>.</summary>
internal sealed record ErrorAnswer(string Error);

/// <summary>The gateway's answers, and the bodies that it takes.</summary>
internal static class Answers
{
    /// <summary>Largest body of any request, in bytes.</summary>
    public const int MaxBodyBytes = 1 << 20;

    public static IResult Error(int status, string error) =>
        TypedResults.Json(new ErrorAnswer(error), EmulatorJson.Default.ErrorAnswer, statusCode: status);

    public static IResult Json<T>(T answer, JsonTypeInfo<T> type) => TypedResults.Json(answer, type);

    /// <summary>The body, or the refusal: 415 for another content type, 413 above <see cref="MaxBodyBytes"/>.</summary>
    public static async Task<(byte[] Body, IResult? Refusal)> ReadBodyAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
            return ([], Error(StatusCodes.Status415UnsupportedMediaType, "Content-Type must be application/json"));
        if (request.ContentLength > MaxBodyBytes)
            return ([], TooLarge());
        if (request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null; // the limit is kept here, to answer in the gateway's words
        try
        {
            return await ReadToEndAsync(request);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            return ([], Error(StatusCodes.Status400BadRequest, "incomplete body")); // the sender broke off
        }
    }

    private static async Task<(byte[] Body, IResult? Refusal)> ReadToEndAsync(HttpRequest request)
    {
        if (request.ContentLength is { } length)
        {
            var body = new byte[length];
            await request.Body.ReadExactlyAsync(body, request.HttpContext.RequestAborted);
            return (body, null);
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 << 10];
        while (await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            if (buffer.Length + read > MaxBodyBytes)
                return ([], TooLarge());
            buffer.Write(chunk, 0, read);
        }

        return (buffer.ToArray(), null);
    }

    /// <summary>The body as <typeparamref name="T"/>, or the refusal: as above, and 400 for what does not fit.</summary>
    public static async Task<(T? Order, IResult? Refusal)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        var (body, refusal) = await ReadBodyAsync(request);
        if (refusal is not null)
            return (null, refusal);
        try
        {
            return JsonSerializer.Deserialize(body, type) is { } order
                ? (order, null)
                : (null, Error(StatusCodes.Status400BadRequest, "invalid JSON body"));
        }
        catch (JsonException problem)
        {
            // The path names a field, never its value.
            return (null, Error(StatusCodes.Status400BadRequest, $"invalid JSON body at {problem.Path ?? "$"}"));
        }
    }

    private static IResult TooLarge() => Error(StatusCodes.Status413PayloadTooLarge, "body larger than 1 MiB");
}
