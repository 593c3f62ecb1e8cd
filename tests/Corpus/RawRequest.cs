using System.Globalization;
using System.Text;

namespace Recado.Tests.Corpus;

/// <summary>A request to the byte, right or wrong: no client in between puts it in order.</summary>
internal sealed record RawRequest(string Target, (string Name, string Value)[] Headers, byte[] Body)
{
    public string Method { get; init; } = "POST";
    public string Version { get; init; } = "HTTP/1.1";

    /// <summary>Whether <c>Content-Length</c> stands among the headers.</summary>
    public bool SaysLength { get; init; } = true;

    /// <summary>The sender hangs up after the last byte, which is not the last that it announced: nobody is there for an answer.</summary>
    public bool EndsEarly { get; init; }

    /// <summary>With one more header.</summary>
    public RawRequest And(string name, string value) => this with { Headers = [.. Headers, (name, value)] };

    public RawRequest Without(string name) => this with { Headers = [.. Headers.Where(header => header.Name != name)] };

    /// <summary>With another value for a header.</summary>
    public RawRequest But(string name, string value) => Without(name).And(name, value);

    /// <summary>The body as it is given, already in chunks or whatever it is in.</summary>
    public RawRequest Unmeasured(byte[] body) => this with { Body = body, SaysLength = false };

    public byte[] ToBytes()
    {
        var head = new StringBuilder($"{Method} {Target} {Version}\r\n");
        foreach (var (name, value) in Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (SaysLength)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        // One character is one byte, so that headers may hold any.
        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body];
    }
}
