namespace Recado.Tests.Corpus;

/// <summary>wiapy-webhook.txt: what is well-formed is accepted, and put aside if it cannot be understood.</summary>
internal sealed class WiapyEndpoint : Endpoint
{
    public override string Name => "POST /webhooks/wiapy";
    public override string Token => CorpusBundle.Wiapy;
    public override string Scheme => "";
    public override IReadOnlyList<string> TextFields => ["customer.name", "products[0].title"];
    public override string PhoneField => "customer.mobile_phone";
    public override string WordField => "payment.status";
    public override string CentavosField => "payment.amount";
    public override IReadOnlyList<string> LinkFields => ["payment.pix_boleto.url"];
    public override string PixField => "payment.pix_boleto.code";

    protected override IReadOnlyList<Documented> OwnAnswers => [Answers.Success, .. Answers.Refusals];

    protected override string TargetFor(string token) => "/webhooks/wiapy";

    public override string Valid(Person person) =>
        $$$"""
        {"payment":{"id":"{{{person.Id}}}","status":"unpaid","amount":4700,"payment_method":"pix","type":"payment","installments":0,"fee":290,
        "pix_boleto":{"code":"{{{PixCode.Of(person, "47.00")}}}","url":"{{{person.Link}}}"},"dt_create":"2025-04-30T22:12:20.100Z","dt_update":"2025-04-30T22:12:20.100Z"},
        "subscription":{},"customer":{"id":"{{{person.Id}}}","name":"{{{Person.Name}}}","email":"{{{person.Email}}}","mobile_phone":"{{{person.Phone}}}","document":"000.000.000-00"},
        "checkout":{"id":"66e0799f17f298ff3c60f3aa","title":"Curso","amount":3900,"orderbump":[{"id":"67b9f0f5f777cbea4ba9cb00","title":"Bump","amount":800}]},
        "products":[{"id":"66df9e14dbebe565ee587f00","title":"Curso","type":"Curso Online","itens":[]}],"tracking":{"ip":null,"utm_source":"ig"}}
        """;

    public override bool IsFatal(string path, string raw) => path switch
    {
        "payment" or "payment.status" or "customer" or "customer.mobile_phone" => true,
        "payment.payment_method" => IsAbsent(raw) || IsNoId(raw),
        "payment.amount" => !IsAbsent(raw) && raw != "0",
        "payment.id" or "customer.id" => IsNoId(raw),
        _ => false,
    };
}
