namespace Recado.Tests.Corpus;

/// <summary>abandoned-cart-webhook.txt, by either of its two routes.</summary>
internal sealed class CartEndpoint(bool tokenInPath) : Endpoint
{
    public override string Name => tokenInPath ? "POST /webhooks/abandoned-cart/{token}" : "POST /webhooks/abandoned-cart";
    public override string Token => CorpusBundle.Cart;
    public override string? Scheme => tokenInPath ? null : "";
    public override IReadOnlyList<string> TextFields => ["customer.name", "products[0].name"];
    public override string PhoneField => "customer.phone";
    public override string WordField => "payment_status";
    public override string CentavosField => "cart_amount";
    public override IReadOnlyList<string> LinkFields => ["recovery_url"];

    protected override IReadOnlyList<Documented> OwnAnswers => [Answers.Success, new(200, """\{"status":"already_processed"\}"""), .. Answers.Refusals];

    protected override string TargetFor(string token) => tokenInPath ? $"/webhooks/abandoned-cart/{token}" : "/webhooks/abandoned-cart";

    public override string Valid(Person person) =>
        $$$"""
        {"cart_token":"{{{person.Id}}}","abandoned_at":"2024-10-07T15:30:00Z","cart_amount":15000,"recovery_url":"{{{person.Link}}}",
        "customer":{"name":"{{{Person.Name}}}","email":"{{{person.Email}}}","phone":"{{{person.Phone}}}"},
        "products":[{"name":"Notebook","code":"NOTEBOOK_001","price":12000,"quantity":1,"image_url":"https://loja.{{{Person.Domain}}}/1.jpg"},
        {"name":"Mouse","code":"MOUSE_001","price":3000,"quantity":1,"image_url":"https://loja.{{{Person.Domain}}}/2.jpg"}],
        "utms":{"src":"facebook","utm_source":"facebook","utm_medium":"cpc","utm_campaign":"promo"}}
        """;

    public override bool IsFatal(string path, string raw) => path switch
    {
        "customer" or "customer.phone" => true,
        "cart_token" => IsAbsent(raw) || IsNoId(raw),
        "cart_amount" => !IsAbsent(raw) && raw != "0",
        // What has a payment status is a sale, and this one has no transaction.
        "payment_status" => !IsAbsent(raw),
        _ => false,
    };
}
