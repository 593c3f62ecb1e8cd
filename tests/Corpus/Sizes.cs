using System.Text;

namespace Recado.Tests.Corpus;

/// <summary>Too long, too deep, too many.</summary>
internal static class Sizes
{
    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        var odd = endpoint.Sends ? Kind.Odd : Kind.Bad;
        yield return Make(endpoint, "one byte below the limit", odd, json => Padded(json, endpoint.Limit - 1));
        yield return Make(endpoint, "at the limit", odd, json => Padded(json, endpoint.Limit));
        foreach (var over in (int[])[1, 2, 1000, 300_000, 3_000_000])
            yield return TooLarge(endpoint, $"{over} bytes over the limit", json => Padded(json, endpoint.Limit + over));
        yield return TooLarge(endpoint, "30 MB", json => Padded(json, 30_000_000));
        yield return TooLarge(endpoint, "30 MB of brackets", _ => new string('[', 30_000_000));
        yield return TooLarge(endpoint, "a number of a million digits", json => Beside(endpoint, json, new string('9', 1_000_000)));
        yield return TooLarge(endpoint, "100,000 fields", json => Beside(endpoint, json, Fields(100_000)));
        yield return TooLarge(endpoint, "a text of a million characters", json => Beside(endpoint, json, $"\"{new string('x', 1_000_000)}\""));
        yield return new(nameof(Sizes), "30 MB that do not say so", Kind.Bad, person => Unannounced(endpoint, person)) { Answer = (413, "body_too_large") };
        foreach (var depth in (int[])[16, 17, 63, 64, 65, 1000, 50_000])
        {
            yield return TooDeep(endpoint, $"lists {depth + 1} deep", json => Beside(endpoint, json, new string('[', depth) + new string(']', depth)));
            yield return TooDeep(endpoint, $"objects {depth + 1} deep", json => Beside(endpoint, json, Nested(depth)));
            yield return TooDeep(endpoint, $"lists {depth + 1} deep that do not end", json => Beside(endpoint, json, new string('[', depth)));
            yield return TooDeep(endpoint, $"{depth + 1} lists alone", _ => new string('[', depth + 1) + new string(']', depth + 1));
        }
        yield return Make(endpoint, "lists 16 deep", odd, json => Beside(endpoint, json, new string('[', 15) + new string(']', 15)));
        yield return Make(endpoint, "16 lists alone", Kind.Bad, _ => new string('[', 16) + new string(']', 16));
        yield return Make(endpoint, "a number of 200,000 digits", odd, json => Beside(endpoint, json, new string('9', 200_000)));
        yield return TooComplex(endpoint, "1,001 fields", json => Beside(endpoint, json, Fields(1001)));
        yield return TooComplex(endpoint, "10,000 fields", json => Beside(endpoint, json, Fields(10_000)));
        yield return Make(endpoint, "1,000 fields", odd, json => Beside(endpoint, json, Fields(1000)));
        yield return TooComplex(endpoint, "10,000 products", json => JsonEdit.Beside(json, "x", endpoint.TextFields[^1].Contains("items", StringComparison.Ordinal) ? "itens" : "items", Many("{\"name\":\"x\"}", 10_000)));
        yield return TooComplex(endpoint, "50,000 numbers", json => Beside(endpoint, json, Many("1", 50_000)));
        yield return Make(endpoint, "1,000 numbers", odd, json => Beside(endpoint, json, Many("1", 1000)));
        yield return Make(endpoint, "100,000 spaces", odd, json => json[..1] + new string('\n', 100_000) + json[1..]);
        if (endpoint.CentavosField is { } amount)
            yield return Make(endpoint, "an amount of 200,000 digits", Kind.Bad, json => JsonEdit.With(json, amount, new string('9', 200_000)));
        foreach (var length in (int[])[257, 1000, 10_000, 100_000])
            yield return Make(endpoint, $"a phone of {length} digits", Kind.Bad, json => JsonEdit.With(json, endpoint.PhoneField, $"\"{new string('5', length)}\""));
    }

    private static Case Make(Endpoint endpoint, string name, Kind kind, Func<string, string> change) =>
        new(nameof(Sizes), name, kind, person => endpoint.Post(change(endpoint.Valid(person))));

    private static Case TooLarge(Endpoint endpoint, string name, Func<string, string> change) => Make(endpoint, name, Kind.Bad, change) with { Answer = (413, "body_too_large") };

    private static Case TooDeep(Endpoint endpoint, string name, Func<string, string> change) => Make(endpoint, name, Kind.Bad, change) with { Answer = (400, "malformed_json") };

    private static Case TooComplex(Endpoint endpoint, string name, Func<string, string> change) => Make(endpoint, name, Kind.Bad, change) with { Answer = (400, "too_complex") };

    private static RawRequest Unannounced(Endpoint endpoint, Person person)
    {
        var body = Encoding.UTF8.GetBytes(Padded(endpoint.Valid(person), 30_000_000));
        return endpoint.Post("").Unmeasured([.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8]).And("Transfer-Encoding", "chunked");
    }

    private static string Padded(string json, int bytes) => json + new string(' ', bytes - Encoding.UTF8.GetByteCount(json));

    private static string Beside(Endpoint endpoint, string json, string raw) => JsonEdit.Beside(json, endpoint.WordField.Split('.')[0], "extra", raw);

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"\":", depth)) + "1" + new string('}', depth);

    private static string Fields(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"a{i}\":1"))}}}";

    private static string Many(string item, int count) => $"[{string.Join(',', Enumerable.Repeat(item, count))}]";
}
