using System.Net;
using System.Text.Json.Nodes;

namespace Recado.Tests.EndToEnd;

/// <summary>A full batch of events, from the request to the customers.</summary>
public sealed class EventBatchTests
{
    [Test]
    public async Task Five_hundred_events_of_one_batch_become_five_hundred_messages_to_their_customers()
    {
        await using var recado = await StandaloneRecado.StartAsync();
        string[] phones = [.. Enumerable.Range(0, 500).Select(i => $"55819{70000000 + i}")];
        var events = phones.Select(phone => $$$"""{"id":"lote-{{{phone}}}","type":"customer.registered","customer":{"name":"Cliente {{{phone}}}","phone":"+{{{phone}}}"}}""");

        var answer = await recado.PostAsync(new Webhook("/api/v1/events/batch", "Bearer events-demo-key", $$"""{"events":[{{string.Join(',', events)}}]}"""));

        var results = JsonNode.Parse(answer.Body)!;
        Assert.That((answer.Status, (int?)results["accepted"], (int?)results["rejected"]), Is.EqualTo((HttpStatusCode.OK, 500, 0)));
        IReadOnlyList<string> reached = [];
        await Infrastructure.Until.TrueAsync(
            async () => (reached = [.. (await recado.Gateway.AllAsync()).Select(message => message.Phone)]).Count >= phones.Length, TimeSpan.FromSeconds(60), "all messages were sent");
        Assert.That(reached, Is.EquivalentTo(phones));

        var last = Guid.Parse((string)results["results"]![499]!["id"]!);
        await recado.WaitForTimelineAsync(last, lines => lines.Any(line => line.What == "read"), "the last one is read");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events?externalId=lote-{phones[499]}");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer events-demo-key");
        using var timeline = await recado.Timelines.SendAsync(request);
        Assert.That((string?)JsonNode.Parse(await timeline.Content.ReadAsStringAsync())!["id"], Is.EqualTo(last.ToString()));
    }
}
