using System.Net;

namespace Recado.Tests.EndToEnd;

/// <summary>A message goes to the person it is about, or to nobody.</summary>
public sealed class StrangersTests
{
    private RunningRecado _recado = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _recado = await StandaloneRecado.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _recado.DisposeAsync();

    [Test]
    public async Task An_event_without_a_phone_does_not_borrow_that_of_another_who_shares_an_order_number()
    {
        await ReadAsync("""{"id":"e1","type":"order.created","customer":{"name":"Paula","phone":"+5571988001111"},"order":{"number":"N1"}}""");
        var other = await _recado.PostAsync(Webhook.Event("""{"id":"e2","type":"order.created","customer":{"name":"Xavier","email":"x@example.com"},"order":{"number":"N1"}}"""));
        await _recado.WaitForTimelineAsync(other.Id, lines => lines.Any(line => line.What == "no_phone"), "it waits for a phone");
        Assert.That(await _recado.Gateway.AllAsync("5571988001111"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_placeholder_email_that_several_customers_share_reaches_none_of_them()
    {
        await ReadAsync("""{"id":"p1","type":"customer.registered","customer":{"name":"Quica","phone":"+5571988002221","email":"naotem@example.com"}}""");
        await ReadAsync("""{"id":"p2","type":"customer.registered","customer":{"name":"Rui","phone":"+5571988002222","email":"naotem@example.com"}}""");
        var third = await _recado.PostAsync(Webhook.Event("""{"id":"p3","type":"order.created","customer":{"name":"Yara","email":"naotem@example.com"},"order":{"number":"N2"}}"""));
        await _recado.WaitForTimelineAsync(third.Id, lines => lines.Any(line => line.What == "no_phone"), "it waits for a phone");
        Assert.That((await _recado.Gateway.AllAsync()).Where(message => message.Text.Contains("Yara", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task An_event_with_the_email_of_one_known_customer_reaches_that_customer()
    {
        await ReadAsync("""{"id":"k1","type":"customer.registered","customer":{"name":"Sara","phone":"+5571988003331","email":"sara@example.com"}}""");
        await ReadAsync("""{"id":"k2","type":"order.created","customer":{"name":"Sara","email":"Sara@example.com"},"order":{"number":"N3"}}""");
        Assert.That((await _recado.Gateway.AllAsync("5571988003331"))[^1].Text, Does.StartWith("Oi, Sara! Recebemos o seu pedido N3"));
    }

    [TestCase("""{"id":"w1","type":"order.created","customer":{"phone":5511955550001},"order":{"number":"9001"}}""", "customer.phone")]
    [TestCase("""{"id":"w2","type":"order.created","customer":{"phone":"+5511955550001"},"order":{"number":9001}}""", "order.number")]
    [TestCase("""{"id":"w3","type":"payment.approved","customer":{"phone":"+5511955550001"},"payment":{"id":77}}""", "payment.id")]
    [TestCase("""{"id":"w4","type":"payment.approved","customer":{"phone":"+5511955550001"},"payment":{"id":"77","amount":{"amount":299.9000000000000000000000000000001,"currency":"BRL"}}}""", "payment.amount.amount")]
    [TestCase("""{"id":"w5","type":"customer.registered","occurredAt":"10:00","customer":{"phone":"+5511955550001"}}""", "occurredAt")]
    public async Task What_the_Normalizer_could_not_read_is_refused_at_the_door_with_the_fields_name(string body, string field)
    {
        var answer = await _recado.PostAsync(Webhook.Event(body));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Body, Does.Contain($"\"{field}\":["));
    }

    [Test]
    public async Task A_receipt_with_an_absurd_id_is_quarantined_and_not_carried_further()
    {
        var answer = await _recado.PostAsync(Webhook.EzApi($$"""{"type":"DeliveryCallback","instanceId":"INSTANCE_1","messageId":"{{new string('A', 3000)}}","status":"SENT"}"""));
        var timeline = await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Count > 0, "the quarantine is in the timeline");
        Assert.That(timeline.Single(), Has.Property("Reason").EqualTo("invalid_value").And.Property("Detail").EqualTo("messageId"));
    }

    private async Task ReadAsync(string body)
    {
        var answer = await _recado.PostAsync(Webhook.Event(body));
        await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "read"), "the message is read");
    }
}
