using System.Text.Json.Nodes;

namespace Recado.Tests.EndToEnd;

public sealed class OpenApiTests
{
    [Test]
    public async Task One_process_describes_the_routes_of_all_its_services_in_one_document()
    {
        await using var recado = await StandaloneRecado.StartAsync();

        var document = JsonNode.Parse(await recado.Ingest.GetStringAsync("/openapi/v1.json"))!;

        var events = document["paths"]!["/api/v1/events"]!;
        Assert.That(events["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject(), Has.Count.EqualTo(14));
        Assert.That((string?)events["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"], Is.EqualTo("#/components/schemas/EventTimeline"));
        string[] components = ["Event", "EventMoney", "BatchAnswer", "EventTimeline", "Problem"];
        Assert.That(document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key), Is.SupersetOf(components));
        Assert.That(document["components"]!["securitySchemes"]!.AsObject().Select(scheme => scheme.Key), Is.SupersetOf(new[] { "eventsKey", "partnerKey" }));
    }
}
