using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Recado.Platform.Hosting;

/// <summary>
/// What the framework cannot know of a service's routes: bodies, examples, answers, credentials. A service writes it down
/// as an OpenAPI document of its own, <c>openapi.json</c>, which is embedded and laid over the generated one.
/// </summary>
public static class RouteDocument
{
    private const string File = "openapi.json";

    /// <summary>Completes <c>/openapi/v1.json</c> with the document in the assembly.</summary>
    public static void AddRouteDocument(this IServiceCollection services, Assembly assembly)
    {
        var written = new Lazy<OpenApiDocument>(() => Read(assembly));
        services.Configure<OpenApiOptions>("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            foreach (var (name, schema) in written.Value.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
                document.AddComponent(name, schema);
            foreach (var (name, answer) in written.Value.Components?.Responses ?? new Dictionary<string, IOpenApiResponse>())
                document.AddComponent(name, answer);
            foreach (var (name, scheme) in written.Value.Components?.SecuritySchemes ?? new Dictionary<string, IOpenApiSecurityScheme>())
                document.AddComponent(name, scheme);
            foreach (var (path, item) in written.Value.Paths)
                foreach (var (method, operation) in item.Operations ?? [])
                    Complete(document.Paths[path].Operations![method], operation);
            return Task.CompletedTask;
        }));
    }

    private static void Complete(OpenApiOperation generated, OpenApiOperation written)
    {
        generated.Tags = written.Tags ?? generated.Tags;
        generated.Description = written.Description;
        generated.Parameters = written.Parameters ?? generated.Parameters;
        generated.RequestBody = written.RequestBody;
        generated.Responses = written.Responses;
        generated.Security = written.Security;
    }

    private static OpenApiDocument Read(Assembly assembly)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(File)!);
        var (document, diagnostic) = OpenApiDocument.Parse(reader.ReadToEnd(), "json");
        return diagnostic is { Errors.Count: > 0 }
            ? throw new InvalidOperationException($"{File} of {assembly.GetName().Name}: {diagnostic.Errors[0]}")
            : document!;
    }
}
