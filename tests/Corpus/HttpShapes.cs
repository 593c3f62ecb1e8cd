using System.IO.Compression;

namespace Recado.Tests.Corpus;

/// <summary>A good payload in a request that is none, or not the right one: method, address, version, headers, encoding of the content.</summary>
internal static class HttpShapes
{
    private static readonly string[] Methods =
        ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PSOT", "PROPFIND", "SEARCH", "LOCK", "PURGE", "", " POST", "POST\t", "PO ST", "PO\0ST", "POST:", "\"POST\"", "P\u00D6ST", new('P', 1000)];

    private static readonly string[] Versions = ["", "HTTP", "HTTP/", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3", "HTTP/11", "HTTP/1.1.1", "HTTP/1.1 x", "http/1.1", "HTTPS/1.1", "HTTP\\1.1", "ICY/1.1", "HTTP/1.1\t", "\u0000"];

    private static readonly (string Name, Func<string, string> Change)[] Targets =
    [
        ("with x at the end", path => path + "x"), ("with two slashes", path => "/" + path), ("without its slash", path => path[1..]), ("one below", path => path + "/nothing"), ("two below", path => path + "/x/y"), ("its parent", path => path[..path.LastIndexOf('/')]),
        ("with encoded slashes", path => "/" + path[1..].Replace("/", "%2F", StringComparison.Ordinal)), ("with encoded dots", path => path + "/%2e%2e/nothing"), ("up and away", path => path + "/../../../../etc/passwd"), ("up by encoded slashes", path => path + "%2F..%2F..%2Fetc"),
        ("with NUL", path => path + "%00"), ("with a bare NUL", path => path + "\0"), ("with a bad escape", path => path + "%zz"), ("with half an escape", path => path + "%"), ("with an overlong escape", path => path + "%c0%af"), ("with parameters", path => path + ";a=b"),
        ("with backslashes", path => path.Replace("/", "\\", StringComparison.Ordinal)), ("with a space", path => path + " x"), ("with bare bytes", path => path + "\u00E7\u00FF"), ("with a star", _ => "*"), ("with nothing", _ => ""), ("9,000 long", path => path + "/" + new string('a', 9000)),
        ("9,000 of query", path => $"{path}?{new string('a', 9000)}"), ("elsewhere", _ => "/"), ("at the admin", _ => "/admin"), ("at a file", _ => "/.env"), ("with a scheme and no host", path => "http://" + path), ("as an authority", _ => "localhost:443"),
        ("encoded twice", path => path.Replace("e", "%2565", StringComparison.Ordinal)), ("of another version", path => path.Replace("/v1/", "/v2/", StringComparison.Ordinal) + "2"),
    ];

    private static readonly (string Name, string Header, string Value)[] Headers =
    [
        ("a name with a space", "X Y", "1"), ("an empty name", "", "1"), ("a name with NUL", "X\0", "1"), ("a name with bytes", "X\u00E9", "1"), ("NUL in a value", "X-A", "a\0b"), ("a CR in a value", "X-A", "a\rb"), ("a line without colon", "X-A", "1\r\nnothing"),
        ("a folded line", "X-A", "a\r\n b"), ("a second Host", "Host", "mau.example"), ("a length below zero", "Content-Length", "-1"), ("a second length", "Content-Length", "1"), ("33 KiB in one header", "X-A", new('a', 33 * 1024)), ("33 KiB of cookies", "Cookie", "a=" + new string('b', 33 * 1024)),
        ("a name of 33 KiB", new('X', 33 * 1024), "1"), ("a space before the colon", "X-A ", "1"), ("a tab before the name", "\tX-A", "1"),
    ];

    private static readonly string[] Hosts = ["a b", "a/b", "user@a", "a\\b", "<a>", "a\0b", "a,b", "a:b:c", "[::1", "a^b", "a|b", "{a}", "a%b c"];

    private static readonly string[] Encodings = ["gzip", "x-gzip", "br", "deflate", "zstd", "compress", "identity", "gzip, gzip", "gzip, br", "aes128gcm", "none", "utf-8", "*", "GZIP", ""];

    // Partners and shops send what their tools put there; the content decides.
    private static readonly string[] ContentTypes =
    [
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "text/html", "application/octet-stream", "application/json; charset=utf-16", "application/json; charset=iso-8859-1", "application/json; charset=nonsense",
        "application/json;", "application/json, text/plain", "APPLICATION/JSON", "application/vnd.api+json", "json", "", "/", "*/*", "image/png", new('a', 1000), "application/json\u00E9",
    ];

    public static IEnumerable<Case> Of(Endpoint endpoint) =>
    [
        .. Methods.Select(method => Make(endpoint, $"method {Shown(method)}", Kind.Bad, request => request with { Method = method })),
        .. Versions.Select(version => Make(endpoint, $"version {Shown(version)}", Kind.Bad, request => request with { Version = version })),
        .. Targets.Select(target => Make(endpoint, $"address {target.Name}", Kind.Bad, request => request with { Target = target.Change(request.Target) })),
        .. Headers.Select(header => Make(endpoint, header.Name, Kind.Bad, request => request.And(header.Header, header.Value))),
        .. Hosts.Select(host => Make(endpoint, $"host {Shown(host)}", Kind.Bad, request => request.But("Host", host))),
        Make(endpoint, "no host", Kind.Bad, request => request.Without("Host")),
        Make(endpoint, "101 headers", Kind.Bad, request => Enumerable.Range(0, 101).Aggregate(request, (more, i) => more.And($"X-{i}", "1"))),
        Make(endpoint, "1,000 headers", Kind.Bad, request => Enumerable.Range(0, 1000).Aggregate(request, (more, i) => more.And($"X-{i}", "1"))),
        .. Encodings.Select(encoding => Make(endpoint, $"encoding {Shown(encoding)} by name", Kind.Bad, request => request.And("Content-Encoding", encoding)) with { Answer = (415, "compressed_body") }),
        .. Compressed(endpoint),
        .. Acceptable(endpoint),
    ];

    private static IEnumerable<Case> Compressed(Endpoint endpoint)
    {
        (string Name, Func<Stream, Stream> Compress)[] ways =
            [("gzip", to => new GZipStream(to, CompressionLevel.Fastest)), ("br", to => new BrotliStream(to, CompressionLevel.Fastest)), ("deflate", to => new ZLibStream(to, CompressionLevel.Fastest))];
        foreach (var (name, compress) in ways)
        {
            yield return Make(endpoint, $"{name}, said so", Kind.Bad, request => request.And("Content-Encoding", name) with { Body = Pack(request.Body, compress) }) with { Answer = (415, "compressed_body") };
            yield return Make(endpoint, $"{name}, not said", Kind.Bad, request => request with { Body = Pack(request.Body, compress) }) with { Answer = (400, "malformed_json") };
        }
        yield return Make(endpoint, "a bomb of 20 MB", Kind.Bad, request => request.And("Content-Encoding", "gzip") with { Body = Pack(new byte[20_000_000], ways[0].Compress) }) with { Answer = (415, "compressed_body") };
    }

    private static IEnumerable<Case> Acceptable(Endpoint endpoint)
    {
        var kind = endpoint.Sends ? Kind.Odd : Kind.Bad;
        foreach (var type in ContentTypes)
            yield return Make(endpoint, $"content type {Shown(type)}", kind, request => request.But("Content-Type", type));
        yield return Make(endpoint, "no content type", kind, request => request.Without("Content-Type"));
        yield return Make(endpoint, "two content types", kind, request => request.And("Content-Type", "text/xml"));
        yield return Make(endpoint, "a method in small letters", kind, request => request with { Method = "post" });
        yield return Make(endpoint, "HTTP/1.0", kind, request => request with { Version = "HTTP/1.0" });
        yield return Make(endpoint, "an absolute address", kind, request => request with { Target = "http://localhost" + request.Target });
        yield return Make(endpoint, "a slash at the end", kind, request => request with { Target = request.Target + "/" });
        yield return Make(endpoint, "dots that lead back", kind, request => request with { Target = "/a/.." + request.Target });
        yield return Make(endpoint, "encoded dots that lead back", kind, request => request with { Target = "/a/%2e%2e" + request.Target });
        yield return Make(endpoint, "an address in capitals", kind, request => request with { Target = request.Target.ToUpperInvariant() });
        yield return Make(endpoint, "a query", kind, request => request with { Target = request.Target + "?token=x&event=y" });
        yield return Make(endpoint, "another method by header", kind, request => request.And("X-HTTP-Method-Override", "DELETE"));
        yield return Make(endpoint, "another client by header", kind, request => request.And("X-Forwarded-For", "6.6.6.6, ::1").And("Forwarded", "for=_x").And("X-Forwarded-Host", "mau.example").And("X-Original-URL", "/admin"));
        yield return Make(endpoint, "Expect", kind, request => request.And("Expect", "100-continue"));
        yield return Make(endpoint, "Expect something else", kind, request => request.And("Expect", "200-ok"));
        yield return Make(endpoint, "a header's name in brackets", kind, request => request.And("(x)", "1"));
        yield return Make(endpoint, "a range", kind, request => request.And("Range", "bytes=0-0").And("If-Match", "x"));
        yield return Make(endpoint, "a broken trace", kind, request => request.And("traceparent", "00-x-y-zz").And("tracestate", new string('=', 600)).And("baggage", "\u00E9=%"));
        yield return Make(endpoint, "an upgrade", kind, request => request.And("Connection", "Upgrade, HTTP2-Settings").And("Upgrade", "h2c").And("HTTP2-Settings", "AAMAAABkAAQAAP__"));
    }

    private static Case Make(Endpoint endpoint, string name, Kind kind, Func<RawRequest, RawRequest> change) =>
        new(nameof(HttpShapes), name, kind, person => change(endpoint.Post(endpoint.Valid(person))));

    private static byte[] Pack(byte[] body, Func<Stream, Stream> compress)
    {
        using var packed = new MemoryStream();
        using (var packing = compress(packed))
            packing.Write(body);
        return packed.ToArray();
    }

    private static string Shown(string text) => text.Length > 40 ? $"{text[..10]}… ({text.Length})" : System.Text.Json.JsonSerializer.Serialize(text);
}
