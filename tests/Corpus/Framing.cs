using System.Globalization;
using System.Text;

namespace Recado.Tests.Corpus;

/// <summary>Where a body ends: lengths that lie, chunks that make no sense, senders who break off.</summary>
internal static class Framing
{
    private static readonly string[] Lengths = ["-1", "+5", "abc", "1e3", "0x10", "", "5, 5", "5 5", "99999999999999999999", "4294967296000", "0", "1", "10", "１"];

    private static readonly (string Name, string Chunks)[] BadChunks =
    [
        ("no size", "\r\n{}\r\n0\r\n\r\n"), ("no number", "zz\r\n{}\r\n0\r\n\r\n"), ("below zero", "-2\r\n{}\r\n0\r\n\r\n"), ("0x", "0x2\r\n{}\r\n0\r\n\r\n"), ("a plus", "+2\r\n{}\r\n0\r\n\r\n"), ("beyond all", "FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n"), ("beyond a long", "8000000000000000\r\n{}\r\n"),
        ("too short a size", "1\r\n{}\r\n0\r\n\r\n"), ("line feeds only", "2\n{}\n0\n\n"), ("a space for a size", " \r\n{}\r\n0\r\n\r\n"), ("9 digits", "000000002;\0\r\n{}\r\n0\r\n\r\n"), ("text after it", "2\r\n{}x\r\n0\r\n\r\n"), ("only the last", "0\r\n\r\n"),
        ("a trailer of nonsense", "2\r\n{}\r\n0\r\n\0: x\r\n\r\n"),
    ];

    private static readonly string[] Codings = ["identity", "xchunked", "gzip", "chunked, gzip", "chunked, identity", "\"chunked\"", "chunked;x", "", "chunk"];

    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        foreach (var length in Lengths)
            yield return Make(endpoint, $"length \"{length}\"", Kind.Bad, request => request.Unmeasured(request.Body).And("Content-Length", length));
        yield return Make(endpoint, "no length", Kind.Bad, request => request.Unmeasured(request.Body));
        yield return Make(endpoint, "the length twice", Kind.Bad, request => request.And("Content-Length", request.Body.Length.ToString(CultureInfo.InvariantCulture)));
        foreach (var missing in (int[])[1, 2, 10, 1000, 100_000])
            yield return Make(endpoint, $"{missing} bytes of it missing", Kind.Bad, request => request.Unmeasured(request.Body).And("Content-Length", (request.Body.Length + missing).ToString(CultureInfo.InvariantCulture)) with { EndsEarly = true });
        foreach (var given in (int[])[0, 1, 50])
            yield return Make(endpoint, $"breaks off after {given} bytes", Kind.Bad, request => request.Unmeasured(request.Body[..given]).And("Content-Length", "5000") with { EndsEarly = true });
        foreach (var (name, chunks) in BadChunks)
            yield return Make(endpoint, $"chunks: {name}", Kind.Bad, request => request.Unmeasured(Encoding.Latin1.GetBytes(chunks)).And("Transfer-Encoding", "chunked"));
        foreach (var coding in Codings)
            yield return Make(endpoint, $"coding \"{coding}\"", Kind.Bad, request => request.Unmeasured(request.Body).And("Transfer-Encoding", coding));
        yield return Make(endpoint, "chunks that stop", Kind.Bad, request => Chunked(request, 7, end: "") with { EndsEarly = true });
        yield return Make(endpoint, "chunks that stop in one", Kind.Bad, request => Chunked(request, 7, end: "FF\r\n{") with { EndsEarly = true });
        yield return Make(endpoint, "chunks in HTTP/1.0", endpoint.Sends ? Kind.Odd : Kind.Bad, request => Chunked(request, 7) with { Version = "HTTP/1.0" });
        yield return Make(endpoint, "an extension of 10 KiB", endpoint.Sends ? Kind.Odd : Kind.Bad, request => Chunked(request, 100, extension: ";" + new string('a', 10_240)));
        foreach (var size in (int[])[1, 7, 100_000])
            yield return Make(endpoint, $"chunks of {size}", endpoint.Sends ? Kind.Odd : Kind.Bad, request => Chunked(request, size));
        yield return Make(endpoint, "chunks and a length", endpoint.Sends ? Kind.Odd : Kind.Bad, request => Chunked(request, 100).And("Content-Length", "3"));
    }

    private static RawRequest Chunked(RawRequest request, int size, string end = "0\r\n\r\n", string extension = "")
    {
        var chunks = request.Body.Chunk(size).SelectMany(chunk => (byte[])[.. Encoding.Latin1.GetBytes($"{chunk.Length:x}{extension}\r\n"), .. chunk, .. "\r\n"u8]);
        return request.Unmeasured([.. chunks, .. Encoding.Latin1.GetBytes(end)]).And("Transfer-Encoding", "chunked");
    }

    private static Case Make(Endpoint endpoint, string name, Kind kind, Func<RawRequest, RawRequest> change) =>
        new(nameof(Framing), name, kind, person => change(endpoint.Post(endpoint.Valid(person))));
}
