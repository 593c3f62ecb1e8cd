using System.Net;

namespace Recado.Tests.EndToEnd;

/// <summary>The source documents' own examples, from the post to the customer's eyes.</summary>
[TestFixture(Topology.Standalone)]
[TestFixture(Topology.FiveProcesses)]
public sealed class DocumentedExamplesTests(Topology topology)
{
    // Ten hours pass in a second: the reminder after 72 h comes after 7.2 s.
    private const double TimeScale = 36_000;

    private RunningRecado _recado = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _recado = await RunningRecado.StartAsync(topology, TimeScale);

    [OneTimeTearDown]
    public async Task StopAsync() => await _recado.DisposeAsync();

    [TestCaseSource(typeof(DocumentedExample), nameof(DocumentedExample.All))]
    public async Task Its_messages_are_sent_once_and_read(DocumentedExample example)
    {
        var answer = await _recado.PostAsync(example.Webhook);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body);

        await _recado.Gateway.WaitForAsync(example.Phone,
            messages => example.Texts.All(text => messages.Any(message => message.Text == text && message.Status == "READ")),
            RunningRecado.Soon, $"the messages of {example} are read");
        var timeline = await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Count(line => line.What == "read") == example.Texts.Length, "all is in the timeline");

        var received = await _recado.Gateway.AllAsync(example.Phone);
        foreach (var text in example.Texts)
            Assert.That(received.Count(message => message.Text == text), Is.EqualTo(1), text);
        string[] life = ["requested", "rendered", "sent", "delivered", "read"];
        foreach (var message in timeline.Where(line => line.MessageId is not null).GroupBy(line => line.MessageId))
            Assert.That(message.Select(line => line.What), Is.EqualTo(life));
        Assert.That(timeline[0].What, Is.EqualTo("received"));
        Assert.That(timeline.Select(line => line.What), Has.Member("started").And.Member("completed"));
    }

    [Test]
    public async Task The_copy_button_carries_the_code_byte_for_byte()
    {
        var answer = await _recado.PostAsync(Webhook.Partner(
            """{"event":"pix.created","phone":"5511977770001","customer":"Lia","store":"Loja","value":199.90,"url":"https://pay.example/1","code":"00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865406199.905802BR5912LOJA EXEMPLO6009SAO PAULO62100506PED12363048671"}"""));
        var message = (await _recado.Gateway.WaitForAsync("5511977770001", 1, RunningRecado.Soon)).Single();
        Assert.That(message.Kind, Is.EqualTo("button-otp"));
        Assert.That(message.Body.GetProperty("code").GetString(), Is.EqualTo(
            "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865406199.905802BR5912LOJA EXEMPLO6009SAO PAULO62100506PED12363048671"));
        Assert.That(answer.Body, Is.EqualTo($$"""{"status":"queued","id":"{{answer.Id}}"}"""));
    }

    [Test]
    public async Task A_code_that_does_not_check_is_not_sent_and_the_timeline_says_why()
    {
        var answer = await _recado.PostAsync(Webhook.Partner(
            """{"event":"pix.created","phone":"5511977770004","customer":"Pedro Costa","store":"Nike Store","value":199.90,"url":"https://checkout.exemplo.com/pix/124","code":"00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865406199.905802BR5912LOJA EXEMPLO6009SAO PAULO62100506PED12363048672"}"""));
        var message = (await _recado.Gateway.WaitForAsync("5511977770004", 1, RunningRecado.Soon)).Single();
        var timeline = await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "read"), "the message is read");
        Assert.That((message.Kind, message.Text), Is.EqualTo(("text",
            "Oi, Pedro Costa! O PIX de R$ 199,90 da sua compra em Nike Store está pronto.\n\nPara ver o código e pagar, acesse:\nhttps://checkout.exemplo.com/pix/124\n\nQualquer dúvida, é só responder esta mensagem.")));
        Assert.That(timeline.Where(line => line.What == "rendered").Select(line => (line.Reason, line.Detail)),
            Is.EqualTo(new[] { ("code_not_payable", "partner-pix-created-link (pix.code checksum)") }));
    }

    [Test]
    public async Task A_phone_that_is_none_is_told_in_the_timeline()
    {
        var answer = await _recado.PostAsync(Webhook.Event("""{"id":"telefone-1","type":"customer.registered","customer":{"name":"Eli","email":"eli@example.com","phone":"98765-4321"}}"""));
        var timeline = await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "no_phone"), "it waits for a phone");
        Assert.That(timeline.Single(line => line.What == "no_phone").Detail, Is.EqualTo("no_area_code"));
    }

    [Test]
    public async Task What_a_source_tells_that_is_not_understood_is_quarantined_with_its_reason()
    {
        var answer = await _recado.PostAsync(Webhook.Wiapy(Webhook.Payload("wiapy/unknown-status.json")));
        Assert.That((answer.Status, answer.Body), Is.EqualTo((HttpStatusCode.OK, """{"status":"success"}""")));
        var timeline = await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Count > 0, "the quarantine is in the timeline");
        Assert.That(timeline.Select(line => (line.What, line.Reason, line.Detail)), Is.EqualTo(new[] { ("quarantined", "unknown_status", "payment.status") }));
    }

    [Test]
    public async Task A_reply_of_the_customer_stands_in_the_timeline_of_the_message_it_answers()
    {
        const string phone = "5511977770002";
        var answer = await _recado.PostAsync(Webhook.Event(
            $$$"""{"id":"resposta-1","type":"customer.registered","customer":{"name":"Rui","phone":"+{{{phone}}}"}}"""));
        var sent = await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "read"), "the message is read");
        var id = sent.First(line => line.What == "sent").GatewayMessageId;
        var reply = await _recado.PostAsync(Webhook.EzApi(
            $$$"""{"type":"ReceivedCallback","instanceId":"INSTANCE_1","messageId":"REPLY_1","phone":"{{{phone}}}","fromMe":false,"momment":1736200000000,"referenceMessageId":"{{{id}}}","text":{"message":"Obrigado!"}}"""));
        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK));
        await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line is { What: "replied", Detail: "text" }), "the reply is in the timeline");
    }

    [Test]
    public async Task A_disconnected_phone_gets_nothing_until_it_is_connected_again()
    {
        await _recado.PostAsync(Webhook.EzApi($$"""{"momment":{{Now()}},"error":"connection lost","disconnected":true,"type":"DisconnectedCallback","instanceId":"INSTANCE_1"}"""));
        var answer = await _recado.PostAsync(Webhook.Event("""{"id":"desconectado-1","type":"customer.registered","customer":{"name":"Ivo","phone":"+5511977770003"}}"""));
        await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "rendered"), "the message is ready");
        Assert.That(await _recado.Gateway.AllAsync("5511977770003"), Is.Empty);
        await _recado.PostAsync(Webhook.EzApi($$"""{"type":"ConnectedCallback","connected":true,"momment":{{Now() + 1}},"instanceId":"INSTANCE_1","phone":"5511999999999"}"""));
        await _recado.Gateway.WaitForAsync("5511977770003", 1, RunningRecado.Soon);

        static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
    }
}
