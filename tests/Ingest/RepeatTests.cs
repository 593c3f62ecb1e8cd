using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>What makes two deliveries of a webhook the same fact, source by source.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class RepeatTests(Engine engine) : IngestFixture(engine)
{
    [Test]
    public async Task A_repeat_has_the_same_id_and_is_stored_once()
    {
        var body = Payment(Unique(), "paid");

        var first = await Ingest.WiapyAsync(body);
        var second = await Ingest.WiapyAsync(body);

        Assert.That(first, Is.EqualTo(new Answer(200, """{"status":"success"}""", first.WebhookId, Replay: false, null)));
        Assert.That(second, Is.EqualTo(first with { Replay = true }));
        Assert.That(await Ingest.StoredAsync(first.WebhookId), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_same_payment_in_another_status_or_at_another_time_is_new()
    {
        var id = Unique();

        Answer[] answers = [await Ingest.WiapyAsync(Payment(id, "unpaid")), await Ingest.WiapyAsync(Payment(id, "paid")), await Ingest.WiapyAsync(Payment(id, "paid", "2026-01-06"))];

        Assert.That(answers.Select(answer => answer.Replay), Has.All.False);
        Assert.That(answers.Select(answer => answer.WebhookId), Is.Unique);
    }

    [Test]
    public async Task The_same_payment_with_other_bytes_is_kept_aside_once()
    {
        var id = Unique();
        var first = await Ingest.WiapyAsync(Payment(id, "paid"));
        var other = Payment(id, "paid").Replace("4700", "4800", StringComparison.Ordinal);

        Answer[] others = [await Ingest.WiapyAsync(other), await Ingest.WiapyAsync(other)];

        Assert.That(others, Has.All.EqualTo(first with { Replay = true }));
        var aside = (await Ingest.StoredAsync()).Where(stored => stored.ConflictsWith == Guid.Parse(first.WebhookId!)).ToList();
        Assert.That(aside, Has.Count.EqualTo(1));
        Assert.That(System.Text.Encoding.UTF8.GetString(aside[0].Body), Is.EqualTo(other));
        Assert.That(await MessagesOfAsync(aside[0].Id), Is.Not.Empty.And.All.Contains($"\"conflictsWith\":\"{first.WebhookId}\""));
        Assert.That(await MessagesOfAsync(Guid.Parse(first.WebhookId!)), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_payload_without_identity_is_the_same_only_when_its_bytes_are()
    {
        var marker = Unique();

        var first = await Ingest.WiapyAsync($$"""{"x":"{{marker}}"}""");
        var same = await Ingest.WiapyAsync($$"""{"x":"{{marker}}"}""");
        var other = await Ingest.WiapyAsync($$"""{"x":"{{marker}}" }""");

        Assert.That(same.WebhookId, Is.EqualTo(first.WebhookId));
        Assert.That(other.WebhookId, Is.Not.EqualTo(first.WebhookId));
    }

    [Test]
    public async Task A_repeated_cart_is_already_processed_and_one_left_again_is_new()
    {
        var cart = Unique();
        string Body(string at) => $$"""{"cart_token":"{{cart}}","abandoned_at":"{{at}}"}""";

        var first = await Ingest.CartAsync(Body("2026-01-05T10:00:00Z"));
        var repeat = await Ingest.PostAsync("/webhooks/abandoned-cart/alpha-cart", Body("2026-01-05T10:00:00Z"));
        var again = await Ingest.CartAsync(Body("2026-01-06T10:00:00Z"));

        Assert.That(first.Body, Is.EqualTo("""{"status":"success"}"""));
        Assert.That(repeat, Is.EqualTo(first with { Body = """{"status":"already_processed"}""", Replay = true }));
        Assert.That((again.Body, again.WebhookId == first.WebhookId), Is.EqualTo(("""{"status":"success"}""", false)));
    }

    [Test]
    public async Task A_sale_is_told_once_per_status()
    {
        var sale = Unique();
        string Body(string status) => $$"""{"transaction_token":"{{sale}}","payment_status":"{{status}}"}""";

        var pending = await Ingest.CartAsync(Body("pending"));
        var approved = await Ingest.CartAsync(Body("approved"));
        var repeat = await Ingest.CartAsync(Body("approved"));

        Assert.That((pending.Body, approved.Body, repeat.Body), Is.EqualTo(
            ("""{"status":"success"}""", """{"status":"success"}""", """{"status":"already_processed"}""")));
    }

    [Test]
    public async Task A_sale_that_still_names_its_cart_is_told_once_per_status_too()
    {
        var sale = Unique();
        string Body(string status) => $$"""{"cart_token":"C-{{sale}}","transaction_token":"{{sale}}","payment_status":"{{status}}"}""";

        Answer[] answers = [await Ingest.CartAsync(Body("pending")), await Ingest.CartAsync(Body("paid")), await Ingest.CartAsync(Body("paid"))];

        Assert.That(answers.Select(answer => answer.Replay), Is.EqualTo(new[] { false, false, true }));
    }

    [Test]
    public async Task A_gateway_callback_is_told_once_per_state()
    {
        var id = Unique();
        string Status(string status, int moment) => $$"""{"type":"MessageStatusCallback","instanceId":"INSTANCE_1","ids":["{{id}}"],"status":"{{status}}","momment":{{moment}}}""";

        var received = await Ingest.EzApiAsync(Status("RECEIVED", 1));
        var repeat = await Ingest.EzApiAsync(Status("RECEIVED", 2));
        var read = await Ingest.EzApiAsync(Status("READ", 3));

        Assert.That(repeat, Is.EqualTo(received with { Replay = true }));
        Assert.That((read.Body, read.Replay), Is.EqualTo(("""{"status":"success"}""", false)));
        Assert.That((await Ingest.StoredAsync(read.WebhookId)).Single().Channel, Is.EqualTo("INSTANCE_1"));
    }

    [Test]
    public async Task An_event_with_a_used_id_is_a_repeat_or_a_conflict()
    {
        var id = Unique();
        string Body(string name) => $$$"""{"id":"{{{id}}}","type":"customer.registered","customer":{"name":"{{{name}}}","phone":"+5511987654321"}}""";

        var first = await Ingest.EventsAsync(Body("Ana"));
        var repeat = await Ingest.EventsAsync(Body("Ana"));
        var conflict = await Ingest.EventsAsync(Body("Bia"));
        var elsewhere = await Ingest.EventsAsync(Body("Bia"), "beta-events");

        Assert.That(first.Body, Is.EqualTo($$"""{"status":"accepted","id":"{{first.WebhookId}}"}"""));
        Assert.That(repeat, Is.EqualTo(first with { Replay = true }));
        Assert.That(conflict.Status, Is.EqualTo(409));
        Assert.That(conflict.Body, Does.Contain("\"code\":\"id_conflict\""));
        Assert.That((elsewhere.Status, elsewhere.Replay), Is.EqualTo((200, false)), "stores are strangers");
    }

    [Test]
    public async Task Fifty_at_once_are_one()
    {
        var body = Payment(Unique(), "paid");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Ingest.WiapyAsync(body)));

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
        Assert.That(answers.Select(answer => answer.WebhookId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(answers.Count(answer => !answer.Replay), Is.EqualTo(1));
        Assert.That(await MessagesOfAsync(Guid.Parse(answers[0].WebhookId!)), Has.Count.EqualTo(1));
    }

    private Task<List<string>> MessagesOfAsync(Guid webhook) => Ingest.Database.QueryAsync(
        "select body from outbox where message_id = @id", row => System.Text.Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)), default, ("id", webhook));

    private static string Payment(string id, string status, string at = "2026-01-05") =>
        $$$"""{"payment":{"id":"{{{id}}}","status":"{{{status}}}","amount":4700,"dt_update":"{{{at}}}"}}""";
}
