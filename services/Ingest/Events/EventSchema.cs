using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Recado.Ingest.Events;

/// <summary>The JSON Schema of an event (draft 2020-12), for senders to check against before they send.</summary>
internal static class EventSchema
{
    private const string Definitions = "#/$defs/";
    private const string Components = "#/components/schemas/";

    private static readonly byte[] Bytes = Read();
    private static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes))[..16]}\"");

    /// <summary><c>GET /schemas/events/v1.json</c>, for everybody.</summary>
    public static void MapEventSchema(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/schemas/events/v1.json", (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "public, max-age=3600";
                return TypedResults.Bytes(Bytes, "application/schema+json", entityTag: Tag);
            })
            .WithName("EventSchema").WithSummary("The JSON Schema of an event, version 1.");

    /// <summary>Puts it into the OpenAPI document as <c>Event</c>, its definitions beside it.</summary>
    public static void AddEventSchema(this IServiceCollection services) =>
        services.Configure<OpenApiOptions>("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            var schema = JsonNode.Parse(System.Text.Encoding.UTF8.GetString(Bytes).Replace(Definitions, Components, StringComparison.Ordinal))!.AsObject();
            foreach (var (name, definition) in schema["$defs"]!.AsObject())
                document.AddComponent(name, AsWritten(definition!.AsObject()));
            document.AddComponent("Event", AsWritten(schema));
            return Task.CompletedTask;
        }));

    // The object model knows no if and then; what is set as an extension is written as it is.
    private static OpenApiSchema AsWritten(JsonObject schema) => new()
    {
        Extensions = schema.Where(keyword => keyword.Key is not ("$schema" or "$defs"))
            .ToDictionary(keyword => keyword.Key, IOpenApiExtension (keyword) => new JsonNodeExtension(keyword.Value!.DeepClone())),
    };

    private static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("events.v1.schema.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
