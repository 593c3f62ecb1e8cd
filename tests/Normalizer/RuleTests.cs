using System.Text;
using Recado.Contracts;
using Recado.Normalizer;

namespace Recado.Tests.Normalizer;

public sealed class RuleTests
{
    private const string Cart = """{"cart_token":"C1","cart_amount":100,"customer":{"email":"a@b.example"}}""";

    [Test]
    public void A_webhook_that_reuses_a_key_for_another_body_starts_nothing()
    {
        var result = Normalization.Normalize(Payload.Webhook(Sources.AbandonedCart, Cart) with { ConflictsWith = Guid.NewGuid() });

        Assert.That((result.Messages.Count, result.Quarantine), Is.EqualTo((0, new QuarantineCause("idempotency_conflict", null))));
    }

    [TestCase("shopify", Cart, "unknown_source", null)]
    [TestCase(Sources.Wiapy, "", "malformed_json", null)]
    [TestCase(Sources.Wiapy, "{", "malformed_json", null)]
    [TestCase(Sources.Wiapy, "[]", "invalid_value", "$")]
    [TestCase(Sources.Wiapy, "{}", "missing_field", "payment")]
    [TestCase(Sources.Wiapy, """{"payment":{}}""", "missing_field", "payment.status")]
    [TestCase(Sources.Wiapy, """{"payment":{"status":"unpaid"}}""", "missing_field", "payment.payment_method")]
    [TestCase(Sources.Wiapy, """{"data":{"payment":{"status":"Paid"}}}""", "unknown_status", "data.payment.status")]
    [TestCase(Sources.Wiapy, """{"payment":{"status":"\ud800"}}""", "invalid_text", "payment.status")]
    [TestCase(Sources.Wiapy, """{"payment":{"status":"paid","id":"1","amount":"4700"}}""", "invalid_value", "payment.amount")]
    [TestCase(Sources.Wiapy, """{"payment":{"status":"paid","id":{}}}""", "invalid_value", "payment.id")]
    [TestCase(Sources.Wiapy, """{"payment":{"status":"paid"}}""", "no_identity", "customer")]
    [TestCase(Sources.AbandonedCart, "{}", "missing_field", "cart_token")]
    [TestCase(Sources.AbandonedCart, """{"cart_token":""}""", "missing_field", "cart_token")]
    [TestCase(Sources.AbandonedCart, """{"cart_token":"C1","cart_amount":150.5}""", "invalid_value", "cart_amount")]
    [TestCase(Sources.AbandonedCart, """{"transaction_token":"T1"}""", "missing_field", "payment_status")]
    [TestCase(Sources.AbandonedCart, """{"payment_status":"approved"}""", "missing_field", "transaction_token")]
    [TestCase(Sources.Partner, """{"phone":"5511999999999"}""", "missing_field", "event")]
    [TestCase(Sources.Partner, """{"event":"pix.created","value":1}""", "missing_field", "phone")]
    [TestCase(Sources.Partner, """{"event":"pix.created","phone":"5511999999999"}""", "missing_field", "value")]
    [TestCase(Sources.Partner, """{"event":"pix.created","phone":"5511999999999","value":"1"}""", "invalid_value", "value")]
    [TestCase(Sources.Partner, """{"event":"pix.created","phone":"123","value":1}""", "no_identity", "customer")]
    [TestCase(Sources.Events, """{"type":"cart.created"}""", "missing_field", "id")]
    [TestCase(Sources.Events, """{"id":"1"}""", "missing_field", "type")]
    [TestCase(Sources.Events, """{"id":"1","type":"cart.created","cart":[]}""", "invalid_value", "cart")]
    [TestCase(Sources.Events, """{"id":"1","type":"cart.created","items":[{"name":1}]}""", "invalid_value", "items.name")]
    [TestCase(Sources.Events, """{"id":"1","type":"cart.created","cart":{"id":"\ud800"}}""", "invalid_text", "cart.id")]
    [TestCase(Sources.Events, """{"id":"1","type":"cart.created","cart":{"total":{"amount":1,"currency":"XXX"}}}""", "invalid_value", "cart.total.currency")]
    [TestCase(Sources.Events, """{"id":"1","type":"cart.created","cart":{"total":{"amount":1,"currency":"brl"}}}""", "invalid_value", "cart.total.currency")]
    [TestCase(Sources.Events, """{"id":"1","type":"cart.created","cart":{"total":{"amount":1.5,"currency":"JPY"}}}""", "invalid_value", "cart.total.amount")]
    [TestCase(Sources.Events, """{"id":"1","type":"cart.created","cart":{"total":{"amountMinor":-1,"currency":"JPY"}}}""", "invalid_value", "cart.total.amountMinor")]
    [TestCase(Sources.Events, """{"id":"1","type":"cart.created","cart":{"total":{"currency":"JPY"}}}""", "missing_field", "cart.total")]
    [TestCase(Sources.Events, """{"id":"1","type":"cart.created","schemaVersion":"2","cart":{"id":"c"}}""", "invalid_value", "schemaVersion")]
    [TestCase(Sources.Events, """{"id":"1","type":"cart.created","cart":{"total":{"amount":1e-30,"currency":"BRL"}}}""", "invalid_value", "cart.total.amount")]
    [TestCase(Sources.Events, """{"id":"1","type":"cart.created","cart":{"total":{"amount":1,"amountMinor":100,"currency":"BRL"}}}""", "invalid_value", "cart.total")]
    [TestCase(Sources.EzApi, "{}", "missing_field", "type")]
    [TestCase(Sources.EzApi, """{"type":"DeliveryCallback"}""", "missing_field", "instanceId")]
    [TestCase(Sources.EzApi, """{"type":"DeliveryCallback","instanceId":"INSTANCE_1"}""", "missing_field", "id")]
    [TestCase(Sources.EzApi, """{"type":"DeliveryCallback","instanceId":"INSTANCE_1","id":"1","status":"LOST"}""", "unknown_status", "status")]
    [TestCase(Sources.EzApi, """{"type":"MessageStatusCallback","instanceId":"INSTANCE_1","status":"READ"}""", "missing_field", "ids")]
    [TestCase(Sources.EzApi, """{"type":"MessageStatusCallback","instanceId":"INSTANCE_1","status":"READ","ids":[1,null]}""", "invalid_value", "ids")]
    [TestCase(Sources.EzApi, """{"type":"MessageStatusCallback","instanceId":"INSTANCE_1","status":"DELETED","ids":["1"]}""", "unknown_status", "status")]
    [TestCase(Sources.EzApi, """{"type":"ReceivedCallback","instanceId":"INSTANCE_1","phone":"5511988887777"}""", "missing_field", "messageId")]
    [TestCase(Sources.EzApi, """{"type":"ReceivedCallback","instanceId":"INSTANCE_1","messageId":"1"}""", "missing_field", "phone")]
    [TestCase(Sources.EzApi, """{"type":"ReceivedCallback","instanceId":"INSTANCE_1","messageId":"1","phone":"0"}""", "invalid_value", "phone")]
    public void What_cannot_be_understood_is_kept_with_its_reason(string source, string body, string reason, string? field) =>
        Assert.That(Normalization.Normalize(Payload.Webhook(source, body)).Quarantine, Is.EqualTo(new QuarantineCause(reason, field)));

    [Test]
    public void A_byte_order_mark_is_overlooked()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Cart)];

        Assert.That(Event(Payload.Webhook(Sources.AbandonedCart, body)).Subject, Is.EqualTo("cart:C1"));
    }

    [TestCase("\"phone\":\"abc\"")]
    [TestCase("\"phone\":{}")]
    [TestCase("\"phone\":\"\\ud800\"")]
    [TestCase("\"phone\":\"120363019502650977@g.us\"")]
    public void An_invalid_phone_does_not_hold_up_an_event_that_an_email_identifies(string phone)
    {
        var told = Event(Sources.AbandonedCart, Cart.Replace("\"email\"", $"{phone},\"email\"", StringComparison.Ordinal));

        Assert.That((told.Customer.Phone, string.Join(' ', told.Keys)), Is.EqualTo(((string?)null, "cart:C1 email:a@b.example")));
    }

    [Test]
    public void Text_that_is_no_Unicode_is_absent_where_it_is_optional()
    {
        var told = Event(Sources.AbandonedCart, Cart.Replace("\"email\"", "\"name\":\"\\ud800\",\"email\"", StringComparison.Ordinal));

        Assert.That((told.Customer.Name, told.Customer.Email), Is.EqualTo(((string?)null, "a@b.example")));
    }

    [Test]
    public void Every_form_of_a_time_that_Ingest_accepts_is_read(
        [Values("T", " ")] string between, [Values("", ":05", ":05.1", ":05.123456789")] string seconds, [Values("", "Z", "+02:00", "-0300")] string offset)
    {
        var text = $"2026-01-12{between}10:00{seconds}{offset}";

        var told = Event(Sources.Events, $$$"""{"id":"1","type":"cart.abandoned","occurredAt":"{{{text}}}","customer":{"email":"a@b.example"},"cart":{"id":"1"}}""");

        var hour = offset switch { "+02:00" => 8, "-0300" => 13, _ => 10 };
        Assert.That(told.OccurredAt, Is.EqualTo(new DateTimeOffset(2026, 1, 12, hour, 0, seconds.Length > 0 ? 5 : 0, TimeSpan.Zero)).Within(TimeSpan.FromSeconds(0.5)));
    }

    [Test]
    public void Events_of_a_partner_with_one_external_id_are_not_about_one_person()
    {
        var ana = Event(Sources.Partner, """{"event":"cart.abandoned","phone":"5511999999999","value":1,"external_id":"57"}""");
        var bia = Event(Sources.Partner, """{"event":"payment.approved","phone":"5521988887777","value":1,"external_id":"57"}""");

        Assert.That(ana.Keys.Intersect(bia.Keys), Is.Empty);
    }

    [Test]
    public void A_sale_that_names_its_cart_is_no_abandoned_cart()
    {
        var told = Event(Sources.AbandonedCart, """{"cart_token":"C1","transaction_token":"T1","payment_status":"PAID","payment_type":"pix"}""");

        Assert.That((told.Type, string.Join(' ', told.Keys)), Is.EqualTo((EventTypes.PaymentApproved, "payment:T1 order:T1 cart:C1")));
    }

    [Test]
    public void Two_forms_of_one_mobile_meet_in_a_key()
    {
        var old = Event(Sources.Partner, """{"event":"cart.created","phone":"551187654321"}""");
        var current = Event(Sources.Partner, """{"event":"payment.approved","phone":"5511987654321"}""");

        Assert.That((old.Customer.Phone, current.Customer.Phone), Is.EqualTo(("+551187654321", "+5511987654321")));
        Assert.That(old.Keys, Is.EquivalentTo(current.Keys));
    }

    [Test]
    public void An_identity_too_long_for_an_index_goes_by_its_hash()
    {
        var told = Event(Sources.AbandonedCart, $$"""{"cart_token":"{{new string('x', 5000)}}"}""");

        Assert.That(told.Keys, Is.EqualTo(new[] { told.Subject }));
        Assert.That(told.Subject, Does.Match("^cart:[0-9a-f]{64}$"));
    }

    [Test]
    public void A_front_page_identifies_nobody()
    {
        var told = Event(Sources.Partner, """{"event":"cart.abandoned","phone":"5511987654321","value":1,"url":"https://loja.example/"}""");

        Assert.That((told.Links.Checkout, told.Subject), Is.EqualTo(("https://loja.example/", $"event:{told.EventId}")));
    }

    [Test]
    public void The_type_of_the_event_decides_what_comes_first([ValueSource(typeof(EventTypes), nameof(EventTypes.All))] string type)
    {
        var told = Event(Sources.Events, $$"""{"id":"1","type":"{{type}}","cart":{"id":"c"},"order":{"id":"o"},"payment":{"id":"p"},"shipment":{"trackingCode":"s"} }""");
        var first = type.Split('.')[0] switch { "order" => "order:o", "pix" or "boleto" or "payment" => "payment:p", "shipment" => "shipment:s", _ => "cart:c" };

        Assert.That(told.Subject, Is.EqualTo(first));
        Assert.That(told.Keys, Is.EquivalentTo(new[] { "cart:c", "order:o", "payment:p", "shipment:s" }));
    }

    [TestCase("2025-06-01T10:00:00-03:00", "2025-06-01T13:00:00Z")]
    [TestCase("2025-06-01T10:00:00-0300", "2025-06-01T13:00:00Z")]
    [TestCase("2025-06-01T10:00:00.123456789Z", "2025-06-01T10:00:00.1234567Z")]
    [TestCase("2025-06-01 10:00:00", "2025-06-01T10:00:00Z")]
    [TestCase("2025-06-01T10:00", "2025-06-01T10:00:00Z")]
    [TestCase("2025-06-01", "2025-06-01T00:00:00Z")]
    [TestCase("01/06/2025 10:00", "2026-01-15T12:00:00Z", Description = "unreadable: the arrival")]
    [TestCase("0001-01-01T00:00:00Z", "2026-01-15T12:00:00Z")]
    [TestCase("2026-01-16T11:00:00Z", "2026-01-16T11:00:00Z", Description = "a clock that is a little fast")]
    [TestCase("2100-01-01T00:00:00Z", "2026-01-15T12:00:00Z", Description = "a broken clock")]
    [TestCase("", "2026-01-15T12:00:00Z")]
    public void A_time_is_kept_in_UTC(string text, string expected)
    {
        var told = Event(Sources.Partner, $$"""{"event":"cart.created","phone":"5511987654321","occurred_at":"{{text}}"}""");

        Assert.That(told.OccurredAt, Is.EqualTo(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(told.OccurredAt.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase("1736200000000", "2025-01-06T21:46:40Z")]
    [TestCase("1736200000", "2025-01-06T21:46:40Z")]
    [TestCase("0", "2026-01-15T12:00:00Z")]
    [TestCase("-1736200000000", "2026-01-15T12:00:00Z")]
    [TestCase("4102444800000", "2026-01-15T12:00:00Z")]
    [TestCase("9223372036854775807", "2026-01-15T12:00:00Z")]
    [TestCase("\"1736200000000\"", "2026-01-15T12:00:00Z")]
    public void A_moment_of_the_gateway_is_milliseconds_or_seconds(string moment, string expected)
    {
        var body = $$"""{"type":"ConnectedCallback","instanceId":"INSTANCE_1","momment":{{moment}}}""";
        var changed = (InstanceStatusChanged)Normalization.Normalize(Payload.Webhook(Sources.EzApi, body)).Messages.Single();

        Assert.That(changed.OccurredAt, Is.EqualTo(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public void Every_event_type_is_open_to_partners([ValueSource(typeof(EventTypes), nameof(EventTypes.All))] string type)
    {
        var told = Event(Sources.Partner, $$"""{"event":"{{type}}","phone":"5511987654321","customer":"Ana","store":"Loja","value":199.9,"url":"https://loja.example/1"}""");

        Assert.That((told.Type, told.Value, told.ShopName, told.Links.Checkout), Is.EqualTo((type, new Money(19990, "BRL"), "Loja", "https://loja.example/1")));
    }

    [TestCase("""{"type":"ReceivedCallback","isGroup":true,"instanceId":"INSTANCE_1"}""", "group")]
    [TestCase("""{"type":"ReceivedCallback","phone":"1@g.us","instanceId":"INSTANCE_1","text":{"message":"oi"}}""", "group")]
    [TestCase("""{"type":"ReceivedCallback","phone":"1@newsletter","instanceId":"INSTANCE_1","text":{"message":"oi"}}""", "newsletter")]
    [TestCase("""{"type":"ReceivedCallback","phone":"status@broadcast","instanceId":"INSTANCE_1","text":{"message":"oi"}}""", "broadcast")]
    [TestCase("""{"type":"ReceivedCallback","notification":"ana comprou","instanceId":"INSTANCE_1"}""", "notification other")]
    [TestCase("""{"type":"MessageStatusCallback","status":"READ","ids":[],"instanceId":"INSTANCE_1"}""", "no_ids")]
    [TestCase("""{"type":"MessageStatusCallback","status":"READ","ids":["1"],"isGroup":true,"instanceId":"INSTANCE_1"}""", "group")]
    public void What_means_nothing_to_us_is_named(string body, string what)
    {
        var result = Normalization.Normalize(Payload.Webhook(Sources.EzApi, body));

        Assert.That((result.Messages.Count, result.Quarantine, result.Ignored), Is.EqualTo((0, (QuarantineCause?)null, what)));
    }

    private static CommerceEvent Event(string source, string body) => Event(Payload.Webhook(source, body));

    private static CommerceEvent Event(WebhookReceived webhook) => (CommerceEvent)Normalization.Normalize(webhook).Messages.Single();
}
