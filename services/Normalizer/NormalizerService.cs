using Recado.Contracts;
using Recado.Normalizer.Erasing;
using Recado.Normalizer.Quarantine;
using Recado.Normalizer.Shapes;
using Recado.Normalizer.Webhooks;
using Recado.Platform;
using Recado.Platform.Bootstrap;
using Recado.Platform.Bus;
using Recado.Platform.Hosting;
using Recado.Platform.Telemetry;

namespace Recado.Normalizer;

/// <summary>Turns every source's payloads into one vocabulary.</summary>
public sealed class NormalizerService : IService
{
    /// <inheritdoc/>
    public string Name => "normalizer";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDatabase<NormalizerDatabase>();
        services.AddSettings<NormalizerOptions>("Normalizer");
        services.AddSnapshot<ReaderCredentials>();
        services.AddHostedService<ExpiredRows>();
        services.AddVerb(QuarantineVerb.Verb);
        services.AddCountersFromZero(NormalizerMetrics.Begin);
    }

    /// <inheritdoc/>
    public void AddConsumers(Consumers consumers) => consumers
        .Add<WebhookReceived, NormalizeWebhooks, NormalizerDatabase>()
        .Add<PersonErased, EraseQuarantined, NormalizerDatabase>();

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapQuarantine();
        routes.MapDrift();
    }
}
