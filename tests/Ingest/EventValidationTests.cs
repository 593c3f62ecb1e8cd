using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>Problem details of the Events API name each wrong field.</summary>
[TestFixture(Engine.Sqlite)]
public sealed class EventValidationTests(Engine engine) : IngestFixture(engine)
{
    private const string Customer = "\"customer\":{\"phone\":\"+5511987654321\"}";

    [TestCase("""[]""", "")]
    [TestCase("""{}""", "id", "type", "customer")]
    [TestCase("""{"id":5,"type":"customer.registered","customer":{"phone":"+5511987654321"}}""", "id")]
    [TestCase("""{"id":" ","type":"customer.registered","customer":{"phone":"+5511987654321"}}""", "id")]
    [TestCase("""{"id":"\u0001","type":"customer.registered","customer":{"phone":"+5511987654321"}}""", "id")]
    [TestCase("""{"id":"1","type":7,"customer":{"phone":"+5511987654321"}}""", "type")]
    [TestCase("""{"id":"1","type":"customer.registered","customer":{"name":"Ana"}}""", "customer")]
    [TestCase("""{"id":"1","type":"customer.registered","customer":{"email":"sem e-mail"}}""", "customer")]
    [TestCase("""{"id":"1","type":"customer.registered","customer":{"phone":"123"}}""", "customer.phone")]
    [TestCase("""{"type":"cart.abandoned","occurredAt":5,"customer":{}}""", "id", "cart", "occurredAt", "customer")]
    public Task Each_wrong_field_is_named(string body, params string[] fields) => AssertNamedAsync(body, fields);

    [TestCase("cart.lost", "", "type")]
    [TestCase("customer.registered", """ "schemaVersion":"2" """, "schemaVersion")]
    [TestCase("customer.registered", """ "schemaVersion":1 """, "schemaVersion")]
    [TestCase("customer.registered", """ "schemaVersion":" " """, "schemaVersion")]
    [TestCase("customer.registered", """ "schemaVersion":{} """, "schemaVersion")]
    [TestCase("cart.abandoned", "", "cart")]
    [TestCase("cart.created", """ "cart":null """, "cart")]
    [TestCase("cart.abandoned", """ "cart":{} """, "cart.id")]
    [TestCase("cart.abandoned", """ "cart":{"id":" "} """, "cart.id")]
    [TestCase("cart.abandoned", """ "cart":{"id":5} """, "cart.id")]
    [TestCase("order.created", """ "order":"7" """, "order")]
    [TestCase("order.created", """ "order":{} """, "order")]
    [TestCase("order.cancelled", """ "order":{"total":{"amount":1,"currency":"BRL"}} """, "order")]
    [TestCase("payment.approved", "", "payment")]
    [TestCase("payment.approved", """ "payment":{} """, "payment")]
    [TestCase("payment.pending", """ "payment":{"recurring":true} """, "payment")]
    [TestCase("pix.created", """ "payment":{"id":"7"} """, "payment.pix")]
    [TestCase("pix.created", """ "payment":{"pix":{"url":"http://pay.example/1"}} """, "payment.pix")]
    [TestCase("pix.created", """ "payment":{"pix":{"code":5}} """, "payment.pix.code")]
    [TestCase("pix.created", """ "links":{"payment":"https://pay.example/1"} """, "payment")]
    [TestCase("boleto.created", """ "payment":{"boleto":{"dueDate":"2026-02-05"}} """, "payment.boleto")]
    [TestCase("boleto.due", """ "payment":{"boleto":{"line":"23793"}} """, "payment.boleto.dueDate")]
    [TestCase("boleto.due", """ "payment":{"id":"7"} """, "payment.boleto", "payment.boleto.dueDate")]
    [TestCase("boleto.due", """ "payment":{"boleto":{"line":"23793","dueDate":"05/02/2026"}} """, "payment.boleto.dueDate")]
    [TestCase("boleto.due", """ "payment":{"boleto":{"line":"23793","dueDate":"2026-02-30"}} """, "payment.boleto.dueDate")]
    [TestCase("shipment.updated", "", "shipment")]
    [TestCase("shipment.updated", """ "shipment":{"carrier":"Correios"} """, "shipment")]
    [TestCase("customer.registered", """ "occurredAt":"ontem" """, "occurredAt")]
    [TestCase("customer.registered", """ "occurredAt":5 """, "occurredAt")]
    [TestCase("customer.registered", """ "occurredAt":"2026-02-30" """, "occurredAt")]
    [TestCase("customer.registered", """ "occurredAt":"2026-01-31T12:00:00Z\n" """, "occurredAt")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","abandonedAt":5} """, "cart.abandonedAt")]
    [TestCase("pix.created", """ "payment":{"pix":{"code":"x","expiresAt":"amanhã"}} """, "payment.pix.expiresAt")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":5} """, "cart.total")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{}} """, "cart.total")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"currency":"BRL"}} """, "cart.total")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":1,"amountMinor":100,"currency":"BRL"}} """, "cart.total")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":1.5}} """, "cart.total.currency")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":1.5,"currency":""}} """, "cart.total.currency")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":1.5,"currency":"brl"}} """, "cart.total.currency")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":1.5,"currency":"XXX"}} """, "cart.total.currency")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":1.5,"currency":986}} """, "cart.total.currency")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":1.555,"currency":"BRL"}} """, "cart.total.amount")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":1500.5,"currency":"JPY"}} """, "cart.total.amount")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":1.2345,"currency":"KWD"}} """, "cart.total.amount")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":-1,"currency":"BRL"}} """, "cart.total.amount")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":"1.5","currency":"BRL"}} """, "cart.total.amount")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":1e-2,"currency":"BRL"}} """, "cart.total.amount")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":10000000000000.01,"currency":"BRL"}} """, "cart.total.amount")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":99999999999999999999999999999,"currency":"BRL"}} """, "cart.total.amount")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amount":1.00000000000000000000000000000,"currency":"BRL"}} """, "cart.total.amount")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amountMinor":1.5,"currency":"BRL"}} """, "cart.total.amountMinor")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amountMinor":-1,"currency":"BRL"}} """, "cart.total.amountMinor")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amountMinor":"100","currency":"BRL"}} """, "cart.total.amountMinor")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amountMinor":1000000000000001,"currency":"BRL"}} """, "cart.total.amountMinor")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amountMinor":99999999999999999999,"currency":"BRL"}} """, "cart.total.amountMinor")]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amountMinor":1e2,"currency":"BRL"}} """, "cart.total.amountMinor")]
    [TestCase("payment.approved", """ "payment":{"id":"7","installments":1000} """, "payment.installments")]
    [TestCase("payment.approved", """ "payment":{"id":"7","installments":-1} """, "payment.installments")]
    [TestCase("customer.registered", """ "items":{} """, "items")]
    [TestCase("customer.registered", """ "items":[{},{"unitPrice":5}] """, "items[1].unitPrice")]
    [TestCase("customer.registered", """ "items":[{"quantity":0}] """, "items[0].quantity")]
    [TestCase("customer.registered", """ "items":[5] """, "items[0]")]
    [TestCase("customer.registered", """ "items":[null,{"unitPrice":{"amount":0.001,"currency":"USD"}}] """, "items[1].unitPrice.amount")]
    public Task Each_wrong_field_of_an_event_with_a_customer_is_named(string type, string parts, params string[] fields) => AssertNamedAsync(Body(type, parts), fields);

    [Test]
    public async Task An_id_is_at_most_two_hundred_characters_long()
    {
        string Body(int length) => $$"""{"id":"{{new string('x', length)}}","type":"customer.registered",{{Customer}}}""";

        Assert.That((await Ingest.EventsAsync(Body(200))).Status, Is.EqualTo(200));
        Assert.That((await Ingest.EventsAsync(Body(201))).Status, Is.EqualTo(400));
        Assert.That((await Ingest.EventsAsync(Body(0).Replace("\"id\":\"\"", $"\"id\":\"{string.Concat(Enumerable.Repeat("🛒", 200))}\"", StringComparison.Ordinal))).Status, Is.EqualTo(200), "as readers count");
    }

    [TestCase("customer.registered", "")]
    [TestCase("cart.created", """ "cart":{"id":"c"} """)]
    [TestCase("cart.abandoned", """ "cart":{"id":"c","total":{"amountMinor":0,"currency":"BRL"},"abandonedAt":""} """)]
    [TestCase("order.created", """ "order":{"number":"1"} """)]
    [TestCase("order.cancelled", """ "order":{"id":"1"} """)]
    [TestCase("pix.created", """ "payment":{"pix":{"code":"x"}} """)]
    [TestCase("pix.created", """ "payment":{"pix":{"url":"HTTPS://pay.example/1"}} """)]
    [TestCase("pix.created", """ "payment":{},"links":{"payment":"https://pay.example/1"} """)]
    [TestCase("boleto.created", """ "payment":{"boleto":{"line":"23793"}} """)]
    [TestCase("boleto.due", """ "payment":{"boleto":{"url":"https://pay.example/b","dueDate":"2026-02-05T00:00:00-03:00"}} """)]
    [TestCase("payment.pending", """ "payment":{"method":"credit_card","installments":0} """)]
    [TestCase("payment.approved", """ "payment":{"amount":{"amount":1.50,"currency":"BRL","amountMinor":null}} """)]
    [TestCase("payment.failed", """ "payment":{"id":"7","amount":{"amount":1e3,"currency":"JPY"}} """)]
    [TestCase("payment.refunded", """ "payment":{"id":"7","amount":{"amount":1.234,"currency":"KWD"}} """)]
    [TestCase("payment.chargedback", """ "payment":{"id":"7","amount":{"amount":199.9000,"currency":"BRL"}} """)]
    [TestCase("shipment.updated", """ "shipment":{"trackingCode":"AA1"},"schemaVersion":"1" """)]
    public async Task What_its_type_requires_is_enough(string type, string parts)
    {
        var answer = await Ingest.EventsAsync(Body(type, parts, Unique()));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, $$"""{"status":"accepted","id":"{{answer.WebhookId}}"}""")));
    }

    [TestCase("BRL", "1.555", "at most 2 decimals, as BRL has")]
    [TestCase("JPY", "1.5", "no decimals, as JPY has")]
    [TestCase("KWD", "1.2345", "at most 3 decimals, as KWD has")]
    public async Task An_amount_too_fine_for_its_currency_is_told_how_fine_it_may_be(string currency, string amount, string said)
    {
        var answer = await Ingest.EventsAsync(Body("payment.approved", $$""" "payment":{"amount":{"amount":{{amount}},"currency":"{{currency}}"} } """));

        Assert.That((string?)JsonNode.Parse(answer.Body)!["errors"]!["payment.amount.amount"]![0], Does.Contain(said));
    }

    [Test]
    public void Every_type_of_the_catalogue_is_tried() => Assert.That(
        GetType().GetMethod(nameof(What_its_type_requires_is_enough))!.GetCustomAttributes(typeof(TestCaseAttribute), false).Select(each => ((TestCaseAttribute)each).Arguments[0]).Distinct(),
        Is.EquivalentTo(EventTypes.All));

    private async Task AssertNamedAsync(string body, string[] fields)
    {
        var answer = await Ingest.EventsAsync(body);

        var problem = JsonNode.Parse(answer.Body)!;
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That((string?)problem["code"], Is.EqualTo("invalid_event"));
        Assert.That(problem["errors"]!.AsObject().Select(error => error.Key), Is.EquivalentTo(fields));
        Assert.That(problem["errors"]!.AsObject().Select(error => (string?)error.Value![0]), Has.All.Not.Empty);
    }

    private static string Body(string type, string parts, string id = "1") =>
        $$"""{"id":"{{id}}","type":"{{type}}",{{Customer}}{{(parts.Length > 0 ? "," : "")}}{{parts}}}""";
}
