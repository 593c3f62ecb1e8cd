using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recado.AutomationMatcher;
using Recado.GatewayEmulator;
using Recado.Ingest;
using Recado.Normalizer;
using Recado.Platform;
using Recado.Standalone;
using Recado.TemplateRenderer;
using Recado.Tests.Infrastructure;
using Recado.WhatsAppDispatcher;

namespace Recado.Tests.EndToEnd;

/// <summary>There is no door that is not on the plan, and none on the plan that is not there.</summary>
public sealed class InventoryTests
{
    /// <summary>Everything that answers without standing in a document.</summary>
    private static readonly string[] Undocumented = ["* /health/live", "* /health/ready", "GET /openapi/{documentName}.json"];

    private static IEnumerable<TestCaseData> Services()
    {
        yield return Case(7, new IngestService());
        yield return Case(5, new NormalizerService());
        yield return Case(2, new AutomationMatcherService());
        yield return Case(0, new TemplateRendererService());
        yield return Case(0, new WhatsAppDispatcherService());
        yield return Case(14, new StandaloneService(), new IngestService(), new NormalizerService(), new AutomationMatcherService(), new TemplateRendererService(), new WhatsAppDispatcherService());
    }

    [TestCaseSource(nameof(Services))]
    public async Task Every_route_stands_in_the_document_and_the_other_way_round(int atLeast, IService[] parts)
    {
        await using var app = await StartAsync(parts);

        var documented = await DocumentedAsync(app);

        Assert.That(Mapped(app).Except(Undocumented), Is.EquivalentTo(documented));
        Assert.That(documented, Has.Count.AtLeast(atLeast));
    }

    [Test]
    public async Task The_emulator_answers_only_as_the_gateway_and_below_its_own_address()
    {
        await using var app = await StartAsync(new GatewayEmulatorService());

        Assert.That(Mapped(app).Except(Undocumented), Has.All.Matches(@"^[A-Z]+ (/emulator)?/instances/\{instanceId\}/token/\{token\}/|^[A-Z]+ /emulator/(messages|counts|behaviour|replies|instances/\{\w+\}/(dis)?connect)$"));
    }

    private static TestCaseData Case(int atLeast, params IService[] parts) => new TestCaseData(atLeast, parts).SetName($"{parts[0].Name}: every route stands in the document and the other way round");

    private static async Task<WebApplication> StartAsync(params IService[] parts)
    {
        var database = Path.Combine(RunFolder.New("inventory"), "recado.db");
        var app = ServiceHost.Build(["--Broker=memory", $"--Database=Data Source={database}", "--MigrateOnStart=true", "--Bootstrap=", "--Urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"], parts);
        await ServiceHost.PrepareAsync(app);
        await app.StartAsync();
        return app;
    }

    private static List<string> Mapped(WebApplication app) =>
    [
        .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => $"{method} /{Plain(endpoint.RoutePattern)}")),
    ];

    private static async Task<List<string>> DocumentedAsync(WebApplication app)
    {
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        return [.. document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => $"{operation.Key.Method} {path.Key}"))];
    }

    /// <summary>Without the constraints of parameters, which the document writes as schemas.</summary>
    private static string Plain(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) => string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
        part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            _ => part.ToString(),
        }))));
}
