using Recado.Contracts;
using Recado.Ingest.AbandonedCart;
using Recado.Ingest.Accepting;
using Recado.Ingest.Entrance;
using Recado.Ingest.Erasing;
using Recado.Ingest.Events;
using Recado.Ingest.EzApi;
using Recado.Ingest.Partner;
using Recado.Ingest.Wiapy;
using Recado.Platform;
using Recado.Platform.Bootstrap;
using Recado.Platform.Bus;
using Recado.Platform.Hosting;
using Recado.Platform.Secrets;
using Recado.Platform.Telemetry;

namespace Recado.Ingest;

/// <summary>Takes webhooks in: authenticates, stores the raw bytes and answers as each source's document says.</summary>
public sealed class IngestService : IService
{
    /// <inheritdoc/>
    public string Name => "ingest";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDatabase<IngestDatabase>();
        services.AddSettings<IngestOptions>("Ingest");
        services.AddSettings<RateLimitOptions>("Ingest:RateLimit");
        services.AddSecrets();
        services.AddSnapshot<SenderCredentials>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<SendingRates>();
        services.AddSingleton<Door>();
        services.AddSingleton<AcceptWebhooks>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<Reception>();
        services.AddSingleton<EventsBatch>();
        services.AddHostedService<ExpiredKeys>();
        services.AddRouteDocument(typeof(IngestService).Assembly);
        services.AddEventSchema();
        services.AddVerb(RotateKeyVerb.Verb);
        services.AddVerb(EraseVerb.Verb);
        services.AddCountersFromZero(IngestMetrics.Begin);
    }

    /// <inheritdoc/>
    public void AddConsumers(Consumers consumers) => consumers.Add<PersonErased, EraseWebhooks, IngestDatabase>(canWait: true);

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapWiapy();
        routes.MapAbandonedCart();
        routes.MapPartner();
        routes.MapEvents();
        routes.MapEventSchema();
        routes.MapEzApi();
    }
}
