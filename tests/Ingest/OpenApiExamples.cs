using System.Text.Json.Nodes;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Ingest;

/// <summary>The examples of request bodies as Ingest's OpenAPI document has them.</summary>
internal static class OpenApiExamples
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(Path.Combine(ServiceProcess.RepositoryRoot, "services", "Ingest", "openapi.json")))!;

    public static IEnumerable<JsonNode> Of(string path) =>
        Document["paths"]![path]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject().Select(example => example.Value!["value"]!);
}
