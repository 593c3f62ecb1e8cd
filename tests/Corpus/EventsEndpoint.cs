using System.Text.Json;

namespace Recado.Tests.Corpus;

/// <summary>events-api.txt: the content is judged at once, field by field.</summary>
internal sealed class EventsEndpoint : Endpoint
{
    private static readonly string Sample = new EventsEndpoint().Valid(Person.Nobody);

    public override string Name => "POST /api/v1/events";
    public override string Token => CorpusBundle.Events;
    public override string Scheme => "Bearer ";
    public override IReadOnlyList<string> TextFields => ["customer.name", "items[0].name"];
    public override string PhoneField => "customer.phone";
    public override string WordField => "type";
    public override string CentavosField => "payment.amount.amountMinor";
    public override string ReaisField => "items[0].unitPrice.amount";
    public override IReadOnlyList<string> LinkFields => ["links.checkout", "payment.pix.url"];
    public override string PixField => "payment.pix.code";

    protected override IReadOnlyList<Documented> OwnAnswers =>
    [
        new(200, """\{"status":"accepted","id":"[0-9a-f-]{36}"\}"""),
        Answers.Problem(400, "invalid_event|invalid_query|malformed_json|incomplete_body|too_complex"), Answers.Problem(401, "unauthorized"), Answers.Problem(404, "not_found"),
        Answers.Problem(405, "method_not_allowed"), Answers.Problem(409, "id_conflict"), Answers.Problem(413, "body_too_large"), Answers.Problem(415, "compressed_body"),
    ];

    protected override string TargetFor(string token) => "/api/v1/events";

    public override string Valid(Person person) =>
        $$$"""
        {"id":"{{{person.Id}}}","type":"pix.created","occurredAt":"2025-07-01T09:30:00-03:00",
        "customer":{"name":"{{{Person.Name}}}","phone":"+{{{person.Phone}}}","email":"{{{person.Email}}}","country":"br","externalId":"{{{person.Id}}}"},
        "order":{"id":"{{{person.Id}}}","number":"{{{person.Id}}}","status":"aguardando"},
        "payment":{"id":"{{{person.Id}}}","method":"pix","amount":{"amountMinor":19990,"currency":"BRL"},"installments":1,"recurring":false,
        "pix":{"code":"{{{PixCode.Of(person, "199.90")}}}","url":"{{{person.Link}}}"}},
        "items":[{"id":"sku-1","name":"Camiseta","quantity":2,"unitPrice":{"amount":99.95,"currency":"BRL"}}],
        "links":{"checkout":"{{{person.Link}}}/c"},"attribution":{"source":"instagram"}}
        """;

    public override bool IsFatal(string path, string raw) => path switch
    {
        "id" => IsAbsent(raw) || IsOther(raw, JsonValueKind.String) || raw.Length > 202,
        "type" or "customer" or "customer.phone" => true,
        "payment" => raw is "" or "null" || IsOther(raw, JsonValueKind.Object),
        "payment.amount" => raw is not ("" or "null"),
        "payment.amount.amountMinor" or "items[0].unitPrice.amount" => IsAbsent(raw) || IsOther(raw, JsonValueKind.Number) || raw is "-1" or "1e400",
        "payment.amount.currency" or "items[0].unitPrice.currency" => true,
        "items" => raw is not ("[]" or "[null]" or "" or "null"),
        _ => IsOther(raw, JsonEdit.At(Sample, path) is { } value ? value.GetValueKind() : JsonValueKind.String)
            && JsonEdit.At(Sample, path)?.GetValueKind() is JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Number,
    };
}
