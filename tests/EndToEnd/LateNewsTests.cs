using System.Text.Json.Nodes;

namespace Recado.Tests.EndToEnd;

/// <summary>What a checkout tells again, or too late, about a payment.</summary>
public sealed class LateNewsTests
{
    private StandaloneRecado _recado = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _recado = await StandaloneRecado.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _recado.DisposeAsync();

    [TestCase("paid", "unpaid", "payment.approved")]
    [TestCase("refunded", "paid", "payment.refunded")]
    [TestCase("chargedback", "refunded", "payment.chargedback")]
    [TestCase("paid", "credit_card_declined", "payment.approved")]
    public async Task A_status_that_comes_too_late_is_recorded_and_sends_nothing(string known, string late, string detail)
    {
        var (payment, phone) = ($"late-{known}-{late}", $"5511955{known.Length:00}{late.Length:0000}");
        await _recado.PostAsync(Wiapy(payment, known, phone));
        await _recado.Gateway.WaitForAsync(phone, 1, RunningRecado.Soon);

        var answer = await _recado.PostAsync(Wiapy(payment, late, phone));

        var told = await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "not_started"), "the late status was decided");
        Assert.That(told[^1], Has.Property("Reason").EqualTo("outdated").And.Property("Detail").EqualTo(detail));
        await PassWithALaterMessageAsync(payment + "-later");
        Assert.That(await _recado.Gateway.AllAsync(phone), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_second_decline_of_the_same_payment_says_nothing_again()
    {
        await _recado.PostAsync(Wiapy("declined", "credit_card_declined", "5511955000001", updated: "2026-01-01T10:00:00Z"));
        await _recado.Gateway.WaitForAsync("5511955000001", 1, RunningRecado.Soon);

        var again = await _recado.PostAsync(Wiapy("declined", "credit_card_declined", "5511955000001", updated: "2026-01-01T10:05:00Z"));

        var told = await _recado.WaitForTimelineAsync(again.Id, lines => lines.Any(line => line.What == "not_started"), "the second decline was decided");
        Assert.That(told[^1].Reason, Is.EqualTo("status_unchanged"));
        await PassWithALaterMessageAsync("declined-later");
        Assert.That(await _recado.Gateway.AllAsync("5511955000001"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_pending_sale_of_the_same_email_ends_the_recovery_of_the_cart()
    {
        var sale = JsonNode.Parse(Webhook.Payload("abandoned-cart/sale-pending-pix.json"))!;
        var cart = JsonNode.Parse(Webhook.Payload("abandoned-cart/cart.json"))!;
        cart["cart_token"] = "CART_OF_THE_SALE";
        cart["abandoned_at"] = DateTimeOffset.UtcNow.AddMinutes(-1).ToString("O");
        cart["customer"]!["email"] = "Converted@example.com";
        cart["customer"]!["phone"] = null;
        sale["customer"]!["email"] = "converted@example.com";
        var left = await _recado.PostAsync(Webhook.Cart(cart.ToJsonString()));
        await _recado.WaitForTimelineAsync(left.Id, lines => lines.Any(line => line.What == "started"), "the recovery started");

        await _recado.PostAsync(Webhook.Cart(sale.ToJsonString()));

        var told = await _recado.WaitForTimelineAsync(left.Id, lines => lines.Any(line => line.What == "stopped"), "the recovery ended");
        Assert.That(told[^1].Detail, Is.EqualTo("pix.created"));
    }

    private async Task PassWithALaterMessageAsync(string payment)
    {
        var answer = await _recado.PostAsync(Wiapy(payment, "paid", "5511955999999"));
        await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "sent"), "a later message was sent");
    }

    private static Webhook Wiapy(string payment, string status, string phone, string updated = "2026-01-01T10:00:00Z")
    {
        var body = JsonNode.Parse(Webhook.Payload("wiapy/unpaid-pix.json"))!;
        (body["payment"]!["id"], body["payment"]!["status"], body["payment"]!["dt_update"]) = (payment, status, updated);
        (body["customer"]!["mobile_phone"], body["customer"]!["email"], body["customer"]!["id"]) = (phone[2..], $"{payment}@example.com", payment);
        return Webhook.Wiapy(body.ToJsonString());
    }
}
