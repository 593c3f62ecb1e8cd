using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>Problem details of the Events API name each wrong field.</summary>
[TestFixture(Engine.Sqlite)]
public sealed class EventValidationTests(Engine engine) : IngestFixture(engine)
{
    private const string Customer = "\"customer\":{\"phone\":\"+5511987654321\"}";

    [TestCase("[]", "")]
    [TestCase("{}", "id", "type", "customer")]
    [TestCase($$"""{"id":5,"type":"customer.registered",{{Customer}}}""", "id")]
    [TestCase($$"""{"id":" ","type":"customer.registered",{{Customer}}}""", "id")]
    [TestCase($$"""{"id":"1","type":"cart.lost",{{Customer}}}""", "type")]
    [TestCase($$"""{"id":"1","type":"cart.abandoned",{{Customer}}}""", "cart")]
    [TestCase($$"""{"id":"1","type":"order.created",{{Customer}},"order":"7"}""", "order")]
    [TestCase($$"""{"id":"1","type":"payment.approved",{{Customer}}}""", "payment")]
    [TestCase($$"""{"id":"1","type":"shipment.updated",{{Customer}}}""", "shipment")]
    [TestCase($$"""{"id":"1","type":"customer.registered","occurredAt":"ontem",{{Customer}}}""", "occurredAt")]
    [TestCase($$"""{"id":"1","type":"cart.abandoned","cart":{"abandonedAt":5},{{Customer}}}""", "cart.abandonedAt")]
    [TestCase("""{"id":"1","type":"customer.registered","customer":{"name":"Ana"}}""", "customer")]
    [TestCase("""{"id":"1","type":"customer.registered","customer":{"phone":"123"}}""", "customer.phone")]
    [TestCase($$$"""{"id":"1","type":"cart.abandoned","cart":{"total":{"amount":1.5}},{{{Customer}}}}""", "cart.total.currency")]
    [TestCase($$$"""{"id":"1","type":"cart.abandoned","cart":{"total":{"amount":1.5,"currency":"brl"}},{{{Customer}}}}""", "cart.total.currency")]
    [TestCase($$$"""{"id":"1","type":"cart.abandoned","cart":{"total":{"amount":1.555,"currency":"BRL"}},{{{Customer}}}}""", "cart.total")]
    [TestCase($$$"""{"id":"1","type":"cart.abandoned","cart":{"total":{"amount":1,"amountMinor":100,"currency":"BRL"}},{{{Customer}}}}""", "cart.total")]
    [TestCase($$$"""{"id":"1","type":"order.created","order":{"total":{"amountMinor":1.5,"currency":"BRL"}},{{{Customer}}}}""", "order.total")]
    [TestCase($$$"""{"id":"1","type":"payment.approved","payment":{"amount":{"amountMinor":-1,"currency":"BRL"}},{{{Customer}}}}""", "payment.amount")]
    [TestCase($$"""{"id":"1","type":"customer.registered","items":{},{{Customer}}}""", "items")]
    [TestCase($$"""{"id":"1","type":"customer.registered","items":[{},{"unitPrice":5}],{{Customer}}}""", "items[1].unitPrice")]
    [TestCase("""{"type":"cart.abandoned","occurredAt":5,"customer":{}}""", "id", "cart", "occurredAt", "customer")]
    public async Task Each_wrong_field_is_named(string body, params string[] fields)
    {
        var answer = await Ingest.EventsAsync(body);

        var problem = JsonNode.Parse(answer.Body)!;
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That((string?)problem["code"], Is.EqualTo("invalid_event"));
        Assert.That(problem["errors"]!.AsObject().Select(error => error.Key), Is.EquivalentTo(fields));
        Assert.That(problem["errors"]!.AsObject().Select(error => (string?)error.Value![0]), Has.All.Not.Empty);
    }

    [Test]
    public async Task An_id_is_at_most_two_hundred_characters_long()
    {
        string Body(int length) => $$"""{"id":"{{new string('x', length)}}","type":"customer.registered",{{Customer}}}""";

        Assert.That((await Ingest.EventsAsync(Body(200))).Status, Is.EqualTo(200));
        Assert.That((await Ingest.EventsAsync(Body(201))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Every_type_of_the_catalogue_is_taken([ValueSource(typeof(EventTypes), nameof(EventTypes.All))] string type)
    {
        var answer = await Ingest.EventsAsync(
            $$$"""{"id":"{{{Unique()}}}","type":"{{{type}}}","occurredAt":"2026-01-05T09:00:00-03:00",{{{Customer}}},"cart":{},"order":{},"payment":{},"shipment":{}}""");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, $$"""{"status":"accepted","id":"{{answer.WebhookId}}"}""")));
    }
}
