using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>Seventy-two hours of a cart, on a clock that the test holds.</summary>
public sealed class CartJourneyTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private ManualTimeProvider _time = null!;
    private StandaloneRecado _recado = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _time = new ManualTimeProvider(Start);
        _recado = await StandaloneRecado.StartAsync(time: _time);
    }

    [TearDown]
    public async Task StopAsync() => await _recado.DisposeAsync();

    [Test]
    public async Task An_abandoned_cart_is_recalled_after_1_24_and_72_hours_and_not_a_minute_earlier()
    {
        await StartedAsync(Cart("A", "5511900000001"));
        await PassAsync(TimeSpan.FromMinutes(59), "5511900000001", expected: 0);
        await PassAsync(TimeSpan.FromMinutes(1), "5511900000001", expected: 1);
        await PassAsync(TimeSpan.FromHours(22.9), "5511900000001", expected: 1);
        await PassAsync(TimeSpan.FromHours(0.1), "5511900000001", expected: 2);
        await PassAsync(TimeSpan.FromHours(47.9), "5511900000001", expected: 2);
        await PassAsync(TimeSpan.FromHours(0.1), "5511900000001", expected: 3);
        await PassAsync(TimeSpan.FromDays(10), "5511900000001", expected: 3);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public async Task A_payment_silences_the_rest_whenever_it_comes(int afterReminders)
    {
        await StartedAsync(Cart("B", "5511900000002"));
        await PassAsync(TimeSpan.FromMinutes(10), "5511900000002", expected: 0);
        if (afterReminders > 0)
            await PassAsync(TimeSpan.FromHours(1), "5511900000002", expected: 1);
        if (afterReminders > 1)
            await PassAsync(TimeSpan.FromHours(23), "5511900000002", expected: 2);

        await ConfirmedAsync(Paid("B", "5511900000002"), "5511900000002", afterReminders + 1);
        await PassAsync(TimeSpan.FromHours(2), "5511900000002", afterReminders + 1);
        await PassAsync(TimeSpan.FromHours(24), "5511900000002", afterReminders + 1);
        await PassAsync(TimeSpan.FromHours(48), "5511900000002", afterReminders + 1);
    }

    [Test]
    public async Task A_payment_by_another_phone_and_the_same_email_silences_it_too()
    {
        await StartedAsync(Cart("C", "5511900000003"));
        await ConfirmedAsync(Paid("C", "5511900000013"), "5511900000013", 1);
        await PassAsync(TimeSpan.FromHours(2), "5511900000003", expected: 0);
        await PassAsync(TimeSpan.FromHours(72), "5511900000003", expected: 0);
    }

    [Test]
    public async Task A_cart_that_is_told_after_its_payment_starts_nothing()
    {
        await ConfirmedAsync(Paid("D", "5511900000004"), "5511900000004", 1);
        var cart = await _recado.PostAsync(Cart("D", "5511900000004"));
        var timeline = await _recado.WaitForTimelineAsync(cart.Id, lines => lines.Count > 1, "the cart was decided");
        Assert.That(timeline[^1], Has.Property("What").EqualTo("not_started").And.Property("Reason").EqualTo("already_stopped").And.Property("Detail").EqualTo("payment.approved"));
        await PassAsync(TimeSpan.FromHours(2), "5511900000004", expected: 1);
        await PassAsync(TimeSpan.FromHours(72), "5511900000004", expected: 1);
    }

    [Test]
    public async Task A_cart_of_another_week_is_a_new_wish()
    {
        await ConfirmedAsync(Paid("E", "5511900000005"), "5511900000005", 1);
        await PassAsync(TimeSpan.FromDays(7), "5511900000005", expected: 1);
        await StartedAsync(Cart("E2", "5511900000005"));
        await PassAsync(TimeSpan.FromHours(1), "5511900000005", expected: 2);
    }

    [Test]
    public async Task A_cart_without_a_phone_waits_for_one()
    {
        var cart = await _recado.PostAsync(Webhook.Cart(CartBody("F", null)));
        await _recado.WaitForTimelineAsync(cart.Id, lines => lines.Any(line => line.What == "started"), "the journey started");
        await PassAsync(TimeSpan.FromHours(1), "5511900000006", expected: 0);
        await _recado.WaitForTimelineAsync(cart.Id, lines => lines.Any(line => line.What == "no_phone"), "the journey waits for a phone");
        await _recado.PostAsync(Webhook.Event("""{"id":"telefone-f","type":"customer.registered","customer":{"name":"Fê","email":"F@example.com","phone":"+5511900000006"}}"""));
        await _recado.WaitForTimelineAsync(cart.Id, lines => lines.Any(line => line.What == "sent"), "the reminder is sent");
    }

    private async Task StartedAsync(Webhook webhook)
    {
        var answer = await _recado.PostAsync(webhook);
        await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "started"), "the journey started");
    }

    private async Task ConfirmedAsync(Webhook payment, string phone, int messages)
    {
        await _recado.PostAsync(payment);
        await _recado.Gateway.WaitForAsync(phone, messages, RunningRecado.Soon);
    }

    /// <summary>Lets time pass, then proves the number of messages by one to somebody else, sent later, that has arrived.</summary>
    private async Task PassAsync(TimeSpan span, string phone, int expected)
    {
        _time.Advance(span);
        await _recado.Gateway.WaitForAsync(phone, messages => messages.Count >= expected || Tick(), RunningRecado.Soon, $"{expected} message(s) were sent");
        var probe = $"55219{Interlocked.Increment(ref _probes):00000000}";
        var due = await _recado.PostAsync(Cart("probe" + probe, probe, _time.GetUtcNow() - TimeSpan.FromHours(1)));
        await _recado.WaitForTimelineAsync(due.Id, lines => lines.Any(line => line.What == "sent"), "a later message was sent");
        Assert.That(await _recado.Gateway.AllAsync(phone), Has.Count.EqualTo(expected));
    }

    /// <summary>A clock that stands still would never end a sleep that began just after it was moved.</summary>
    private bool Tick()
    {
        _time.Advance(TimeSpan.FromMilliseconds(100));
        return false;
    }

    private static int _probes;

    private Webhook Cart(string token, string phone, DateTimeOffset? abandonedAt = null) => Webhook.Cart(CartBody(token, phone, abandonedAt));

    private string CartBody(string token, string? phone, DateTimeOffset? abandonedAt = null) =>
        $$$"""
        {"cart_token":"{{{token}}}","abandoned_at":"{{{abandonedAt ?? _time.GetUtcNow():O}}}","cart_amount":1000,"recovery_url":"https://checkout.seudominio.com/r/{{{token}}}",
         "customer":{"name":"Nina","email":"{{{token}}}@example.com","phone":{{{(phone is null ? "null" : $"\"+{phone}\"")}}}},
         "products":[{"name":"Caneca","code":"C","price":1000,"quantity":1,"image_url":null}],"utms":{}}
        """;

    private Webhook Paid(string token, string phone) => Webhook.Wiapy(
        $$$"""
        {"payment":{"id":"pay-{{{token}}}","status":"paid","amount":1000,"payment_method":"pix","type":"payment","dt_create":"{{{_time.GetUtcNow():O}}}","dt_update":"{{{_time.GetUtcNow():O}}}"},
         "subscription":{},"customer":{"id":"c-{{{token}}}","name":"Nina","email":"{{{token}}}@example.com","mobile_phone":"{{{phone[2..]}}}","document":"000.000.000-00"},
         "checkout":{"id":"k","title":"Caneca","amount":1000,"orderbump":[]},"products":[{"id":"p","title":"Caneca","type":"Externo","itens":[]}],"tracking":{}}
        """);
}
