using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Recado.Tests.Corpus;

/// <summary>What came back.</summary>
/// <param name="Status">0 where the connection was closed without an answer.</param>
/// <param name="Body">Without the trace id, which is another each time.</param>
/// <param name="WebhookId">The header <c>Recado-Webhook-Id</c>.</param>
internal sealed partial record RawAnswer(int Status, string Body, Guid? WebhookId)
{
    public static readonly RawAnswer None = new(0, "", null);

    public bool IsAccepted => Status is >= 200 and <= 299;

    public override string ToString() => Body.Length == 0 ? $"{Status}, empty" : $"{Status} {Body}";

    /// <summary>The answer among the bytes received so far; null while it is not whole.</summary>
    /// <param name="hasBody">False for the answer to HEAD.</param>
    public static RawAnswer? Read(ReadOnlySpan<byte> received, bool ended, bool hasBody)
    {
        while (true)
        {
            var head = received.IndexOf("\r\n\r\n"u8);
            if (head < 0)
                return ended ? None : null;
            var lines = Encoding.Latin1.GetString(received[..head]).Split("\r\n");
            received = received[(head + 4)..];
            var status = lines[0].Split(' ') is [var version, var code, ..] && version.StartsWith("HTTP/1.", StringComparison.Ordinal)
                ? int.Parse(code, CultureInfo.InvariantCulture) : 0;
            if (status is >= 100 and <= 199)
                continue; // "100 Continue" and its like come before the answer
            var id = Guid.TryParse(Header(lines, "Recado-Webhook-Id"), out var parsed) ? parsed : (Guid?)null;
            return (hasBody ? BodyOf(lines, received, ended) : "") is { } body ? new(status, TraceId().Replace(body, ""), id) : null;
        }
    }

    private static string? BodyOf(string[] lines, ReadOnlySpan<byte> rest, bool ended)
    {
        if (Header(lines, "Transfer-Encoding") is not null)
            return Unchunked(rest);
        if (Header(lines, "Content-Length") is not { } length)
            return ended ? Encoding.UTF8.GetString(rest) : null;
        var count = int.Parse(length, CultureInfo.InvariantCulture);
        return rest.Length >= count ? Encoding.UTF8.GetString(rest[..count]) : ended ? "(cut off)" : null;
    }

    private static string? Unchunked(ReadOnlySpan<byte> rest)
    {
        var body = new List<byte>();
        while (rest.IndexOf("\r\n"u8) is >= 0 and var line)
        {
            var size = int.Parse(Encoding.ASCII.GetString(rest[..line]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
                return Encoding.UTF8.GetString([.. body]);
            if (rest.Length < line + 2 + size + 2)
                return null;
            body.AddRange(rest.Slice(line + 2, size));
            rest = rest[(line + 2 + size + 2)..];
        }
        return null;
    }

    private static string? Header(string[] lines, string name) => lines
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();

    [GeneratedRegex(@",?""traceId"":""[^""]*""")]
    private static partial Regex TraceId();
}
