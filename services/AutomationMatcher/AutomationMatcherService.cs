using Recado.AutomationMatcher.Automations;
using Recado.AutomationMatcher.Commerce;
using Recado.AutomationMatcher.Contacts;
using Recado.AutomationMatcher.Erasing;
using Recado.AutomationMatcher.Journeys;
using Recado.AutomationMatcher.Messages;
using Recado.AutomationMatcher.Quarantine;
using Recado.AutomationMatcher.Replies;
using Recado.AutomationMatcher.Timeline;
using Recado.Contracts;
using Recado.Platform;
using Recado.Platform.Bootstrap;
using Recado.Platform.Bus;
using Recado.Platform.Hosting;
using Recado.Platform.Telemetry;

namespace Recado.AutomationMatcher;

/// <summary>Decides which message goes to whom and when: starts journeys, lets them wait, stops them, and keeps the timeline.</summary>
public sealed class AutomationMatcherService : IService
{
    /// <inheritdoc/>
    public string Name => "automation-matcher";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDatabase<MatcherDatabase>();
        services.AddSettings<MatcherOptions>();
        services.AddSnapshot<AutomationBook>();
        services.AddSnapshot<ReaderCredentials>();
        services.AddRouteDocument(typeof(AutomationMatcherService).Assembly);
        services.AddSingleton<ContactStore>();
        services.AddSingleton<JourneyStore>();
        services.AddSingleton<DueJourneys>().AddHostedService(provider => provider.GetRequiredService<DueJourneys>());
        services.AddHostedService<JourneySampler>();
        services.AddVerb(EraseVerb.Verb);
        services.AddCountersFromZero(MatcherMetrics.Begin);
    }

    /// <inheritdoc/>
    public void AddConsumers(Consumers consumers) => consumers
        .Add<CommerceEvent, MatchCommerceEvents, MatcherDatabase>()
        .Add<MessageStatusChanged, FollowMessages, MatcherDatabase>()
        .Add<CustomerReplied, HearReplies, MatcherDatabase>()
        .Add<WebhookQuarantined, NoteQuarantine, MatcherDatabase>()
        .Add<WebhookReplayed, NoteReplay, MatcherDatabase>();

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapTimeline();
}
