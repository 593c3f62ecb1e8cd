using System.Net;

namespace Recado.Tests.EndToEnd;

/// <summary>Senders repeat themselves; customers must not notice.</summary>
[TestFixture(Topology.Standalone)]
[TestFixture(Topology.FiveProcesses)]
public sealed class RepeatedWebhookTests(Topology topology)
{
    private RunningRecado _recado = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _recado = await RunningRecado.StartAsync(topology, timeScale: 36_000);

    [OneTimeTearDown]
    public async Task StopAsync() => await _recado.DisposeAsync();

    [Test]
    public async Task A_payment_told_20_times_gives_one_message_and_20_answers()
    {
        var answers = await PostTwentyTimesAsync(Webhook.Wiapy(Webhook.Payload("wiapy/paid-boleto-in-body.json")));
        Assert.That(answers.Select(answer => (answer.Status, answer.Body)), Is.All.EqualTo((HttpStatusCode.OK, """{"status":"success"}""")));
        await OneMessageAsync("5561955550006");
    }

    [Test]
    public async Task A_partner_event_told_20_times_gives_one_message_and_one_id()
    {
        var answers = await PostTwentyTimesAsync(Webhook.Partner(
            """{"event":"payment.failed","phone":"5511966660001","customer":"Lia","store":"Loja","value":59.90,"url":"https://checkout.exemplo.com/retry/9"}"""));
        Assert.That(answers.Select(answer => answer.Body).Distinct().Single(), Is.EqualTo($$"""{"status":"queued","id":"{{answers[0].Id}}"}"""));
        await OneMessageAsync("5511966660001");
    }

    [Test]
    public async Task An_event_of_the_Events_API_told_20_times_gives_one_message_and_one_id()
    {
        var answers = await PostTwentyTimesAsync(Webhook.Event("""{"id":"repetido-1","type":"customer.registered","customer":{"name":"Zoe","phone":"+5511966660002"}}"""));
        Assert.That(answers.Select(answer => answer.Body).Distinct().Single(), Is.EqualTo($$"""{"status":"accepted","id":"{{answers[0].Id}}"}"""));
        await OneMessageAsync("5511966660002");
    }

    [Test]
    public async Task A_cart_told_20_times_is_one_success_and_19_times_already_processed()
    {
        var answers = await PostTwentyTimesAsync(Webhook.Cart(
            """{"cart_token":"CART_20X","abandoned_at":"2024-10-07T15:30:00Z","cart_amount":1000,"recovery_url":"https://checkout.seudominio.com/r/CART_20X","customer":{"name":"Nina","email":"nina@example.com","phone":"+5511966660003"},"products":[{"name":"Caneca","code":"C","price":1000,"quantity":1,"image_url":null}],"utms":{}}"""));
        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(answers.Count(answer => answer.Body == """{"status":"success"}"""), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.Body == """{"status":"already_processed"}"""), Is.EqualTo(19));
        await _recado.WaitForTimelineAsync(answers[0].Id, lines => lines.Count(line => line.What == "read") == 3, "all three reminders are read");
        Assert.That(await _recado.Gateway.AllAsync("5511966660003"), Has.Count.EqualTo(3));
    }

    /// <summary>Ten at once, twice.</summary>
    private async Task<List<Answer>> PostTwentyTimesAsync(Webhook webhook)
    {
        var answers = new List<Answer>();
        for (var round = 0; round < 2; round++)
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _recado.PostAsync(webhook))));
        return answers;
    }

    /// <summary>One message is there, and still only one when a message of a later webhook has arrived.</summary>
    private async Task OneMessageAsync(string phone)
    {
        await _recado.Gateway.WaitForAsync(phone, 1, RunningRecado.Soon);
        var last = "55119555" + phone[^5..];
        await _recado.PostAsync(Webhook.Event($$$"""{"id":"depois-{{{phone}}}","type":"customer.registered","customer":{"name":"Fim","phone":"+{{{last}}}"}}"""));
        await _recado.Gateway.WaitForAsync(last, 1, RunningRecado.Soon);
        Assert.That(await _recado.Gateway.AllAsync(phone), Has.Count.EqualTo(1));
    }
}
