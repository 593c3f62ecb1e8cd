using System.Security.Cryptography;
using System.Text;

namespace Recado.Tests.Corpus;

/// <summary>Good payloads of senders who cannot show the token: missing, nearly right, of somebody else, in the wrong place.</summary>
internal static class Credentials
{
    private static readonly string[] Guesses =
        ["x", "null", "undefined", "*", "admin", "' or 1=1 --", "..", "../", "%", "{token}", "{{token}}", "0", "true", "Bearer", "Basic", "token", "wiapy-demo-token", "cart-demo-token", "partner-demo-key", "events-demo-key", "ezapi-demo-token", "\u00E7\u00E3o", "a\u00A0b"];

    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        foreach (var (name, token) in Tokens(endpoint).DistinctBy(pair => pair.Token))
            yield return Bad(endpoint, name, person => endpoint.Post(Body(endpoint, person), token));
        foreach (var (name, change) in endpoint.Scheme is null ? InPath(endpoint) : InHeader(endpoint))
            yield return Bad(endpoint, name, person => change(endpoint.Post(endpoint.Valid(person))));
    }

    /// <summary>Everything that may follow the scheme, or stand in the path.</summary>
    private static IEnumerable<(string Name, string Token)> Tokens(Endpoint endpoint)
    {
        var token = endpoint.Token;
        for (var i = 1; i < token.Length; i++)
        {
            yield return ($"the first {i} characters", token[..i]);
            yield return ($"the last {i} characters", token[i..]);
        }
        for (var i = 0; i < token.Length; i++)
        {
            yield return ($"character {i} changed", token[..i] + (token[i] == 'z' ? 'y' : 'z') + token[(i + 1)..]);
            if (char.IsAsciiLetter(token[i]))
                yield return ($"character {i} in the other case", token[..i] + (char)(token[i] ^ 0x20) + token[(i + 1)..]);
        }
        (string, string)[] more =
        [
            ("one more", token + "x"), ("one before", "x" + token), ("twice", token + token), ("backwards", string.Concat(token.Reverse())), ("in capitals", token.ToUpperInvariant()), ("a comma after", token + ","), ("a quarter of it", token[..(token.Length / 4)] + "*"),
            ("in quotes", $"\"{token}\""), ("in angle brackets", $"<{token}>"), ("its hash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))), ("its base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(token))),
            ("with a dot", token + "."), ("512 characters", new('a', 512)), ("513 characters", new('a', 513)), ("8,000 characters", new('a', 8000)), ("of 40 KB", new('a', 40_000)), ("of 1 MB", new('a', 1_000_000)),
        ];
        foreach (var each in more.Concat(Guesses.Select(guess => (guess, guess))))
            yield return each;
        foreach (var other in Corpus.Endpoints.Where(other => other.Token != token))
            yield return ($"the token of {other.Name}", other.Token);
        foreach (var (i, stranger) in CorpusBundle.Strangers.Index())
            yield return ($"token {i} of another store", stranger);
    }

    private static IEnumerable<(string, Func<RawRequest, RawRequest>)> InHeader(Endpoint endpoint)
    {
        var (token, whole) = (endpoint.Token, endpoint.Scheme + endpoint.Token);
        string[] headers =
        [
            "", " ", "\t", "Bearer", "Bearer ", "bearer", $"Basic {token}", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x:{token}"))}", $"Digest {token}", $"Token {token}", $"ApiKey {token}", $"Bearer Bearer {token}", $"Bearer: {token}", $"Bearer={token}",
            $"Bearer\t{token}", $"Bearer {token}, Bearer {token}", $"Bearer {token} x", $"{token} {token}", $"{token},{token}", $"token={token}", $"Negotiate {token}", $"{token}\u0001", $"\u00A0x{token}",
        ];
        foreach (var header in headers)
            yield return ($"Authorization: {header.Replace(token, "T", StringComparison.Ordinal)}", request => request.But("Authorization", header));
        if (endpoint.Scheme is "Bearer ")
            yield return ("without its scheme", request => request.But("Authorization", token));
        yield return ("no Authorization", request => request.Without("Authorization"));
        yield return ("two of them", request => request.And("Authorization", whole));
        yield return ("a wrong one first", request => request.But("Authorization", "x").And("Authorization", whole));
        yield return ("a wrong one after", request => request.And("Authorization", "x"));
        foreach (var name in (string[])["X-Authorization", "Proxy-Authorization", "X-Api-Key", "Api-Key", "Token", "X-Token", "Cookie", "Client-Token", "Authorisation", "WWW-Authenticate", "X-Webhook-Token", "Idempotency-Key"])
            yield return ($"in {name}", request => request.Without("Authorization").And(name, whole));
        yield return ("in the query", request => request.Without("Authorization") with { Target = $"{request.Target}?token={token}&access_token={token}" });
        yield return ("in the host", request => request.Without("Authorization") with { Target = $"http://{token}@localhost{request.Target}" });
        if (endpoint is PartnerEndpoint)
            foreach (var partner in (string[])["banana", "ABACATE", "abacat", "abacates", "a", "*", "abacate%20", "abacate%00", "abacat%65x", "abacate%2F", "..%2Fabacate", "%2e%2e", "abacate;x", "{partner}", "abacate%2e", new('a', 3000)])
                yield return ($"for the partner {partner[..Math.Min(20, partner.Length)]}", request => request with { Target = $"/api/v1/partners/{partner}/events" });
    }

    private static IEnumerable<(string, Func<RawRequest, RawRequest>)> InPath(Endpoint endpoint)
    {
        var (token, parent) = (endpoint.Token, endpoint.Target[..endpoint.Target.LastIndexOf('/')]);
        string[] paths = ["/", "//", $"//{token}x", $"/{token}/{token}", $"/x/{token}", $"/{token}%2F", $"/%2F{token}", $"/{token}%00", $"/{token}%0A", $"/{token}%20", $"/%20{token}", $"/{token};x", $"/{token},", $"/{token}&", $"/{token}%3F", $"/{token}%23", "/%2e%2e", "/.", "/*", "/:token", "/{token}"];
        foreach (var path in paths)
            yield return ($"at {path.Replace(token, "T", StringComparison.Ordinal)}", request => request with { Target = parent + path });
        foreach (var name in (string[])["Authorization", "X-Api-Key", "Cookie", "Client-Token"])
            yield return ($"in {name}", request => (request with { Target = parent + "/x" }).And(name, token));
        yield return ("in the query", request => request with { Target = $"{parent}/x?token={token}" });
        yield return ("as a bearer", request => (request with { Target = parent + "/x" }).And("Authorization", "Bearer " + token));
    }

    private static byte[] Body(Endpoint endpoint, Person person) => Encoding.UTF8.GetBytes(endpoint.Valid(person));

    private static Case Bad(Endpoint endpoint, string name, Func<Person, RawRequest> make) => new(nameof(Credentials), name, Kind.Bad, make);
}
