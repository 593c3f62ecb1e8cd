namespace Recado.Tests.Corpus;

/// <summary>The answers of the README that several endpoints give.</summary>
internal static class Answers
{
    /// <summary>
    /// Of the web server itself, before any route is asked: malformed requests, no such route, wrong method, timeout,
    /// headers or address too long, version or transfer coding it does not speak. Status 0: it hung up on what was no HTTP.
    /// </summary>
    public static readonly IReadOnlyList<Documented> OfEveryone =
        [.. ((int[])[0, 400, 404, 405, 408, 411, 414, 431, 501, 505]).Select(status => new Documented(status, ""))];

    /// <summary>Refusals that say no more than a code.</summary>
    public static readonly IReadOnlyList<Documented> Refusals =
    [
        new(400, """\{"error":"(malformed_json|incomplete_body|too_complex)"\}"""),
        new(401, """\{"error":"unauthorized"\}"""),
        new(413, """\{"error":"body_too_large"\}"""),
        new(415, """\{"error":"compressed_body"\}"""),
    ];

    public static readonly Documented Success = new(200, """\{"status":"success"\}""");

    /// <summary>Problem details with the status and one of the codes.</summary>
    public static Documented Problem(int status, string codes) =>
        new(status, $$"""\{(?=.*"status":{{status}}\b)(?=.*"title":"[^"]+").*"code":"({{codes}})".*\}""");
}
