using System.Text.Json;

namespace Recado.Tests.Corpus;

/// <summary>partner-events.txt: the content is judged at once, in the document's words.</summary>
internal sealed class PartnerEndpoint : Endpoint
{
    public override string Name => "POST /api/v1/partners/{partner}/events";
    public override string Token => CorpusBundle.Partner;
    public override string Scheme => "Bearer ";
    public override IReadOnlyList<string> TextFields => ["customer", "store"];
    public override string PhoneField => "phone";
    public override string WordField => "event";
    public override string ReaisField => "value";
    public override IReadOnlyList<string> LinkFields => ["url"];
    public override string PixField => "code";
    public override bool TakesMaskedPhones => false;

    protected override IReadOnlyList<Documented> OwnAnswers =>
    [
        new(200, """\{"status":"queued","id":"[0-9a-f-]{36}"\}"""),
        new(400, """\{"error":"Evento desconhecido"\}"""),
        new(400, """\{"error":"Validation failed","details":\{("(event|phone|customer|store|value|url|code)":"[A-Z][^"]+",?)+\}\}"""),
        new(400, """\{"error":"Idempotency-Key deve ser uma só, com 1 a 255 caracteres"\}"""),
        new(409, """\{"error":"Idempotency-Key já usada com outro conteúdo"\}"""),
        .. Answers.Refusals,
        // Under /api the framework's refusals have a body; and dots for a partner lead to the Events API.
        Answers.Problem(404, "not_found"), Answers.Problem(405, "method_not_allowed"), Answers.Problem(401, "unauthorized"),
    ];

    protected override string TargetFor(string token) => $"/api/v1/partners/{CorpusBundle.PartnerName}/events";

    public override string Valid(Person person) =>
        $$"""
        {"event":"pix.created","phone":"{{person.Phone}}","customer":"{{Person.Name}}","store":"{{Person.Shop}}","value":199.90,"url":"{{person.Link}}","code":"{{PixCode.Of(person, "199.90")}}"}
        """;

    public override bool IsFatal(string path, string raw) => path switch
    {
        "event" or "phone" => true,
        "customer" or "store" => IsAbsent(raw) || IsOther(raw, JsonValueKind.String),
        "value" => IsAbsent(raw) || IsOther(raw, JsonValueKind.Number) || raw is "-1" or "1e400" or "123456789012345678901234567890",
        "url" or "code" => IsOther(raw, JsonValueKind.String),
        _ => false,
    };
}
