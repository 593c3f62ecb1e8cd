using System.Reflection;
using Recado.Contracts;

namespace Recado.Tests.Torture;

/// <summary>A place where a process can be made to die, and the service whose process it is.</summary>
/// <param name="Latest">Up to which visit it may be put off: places that are rarely visited die at the first.</param>
/// <param name="Earliest">From which visit on.</param>
public sealed record CrashPoint(string Service, string Name, int Latest, int Earliest = 1)
{
    private static readonly (string Service, Type Message, int Latest)[] Queues =
    [
        ("Normalizer", typeof(WebhookReceived), 20),
        ("AutomationMatcher", typeof(CommerceEvent), 20),
        ("AutomationMatcher", typeof(MessageStatusChanged), 10),
        ("AutomationMatcher", typeof(CustomerReplied), 1),
        ("AutomationMatcher", typeof(WebhookQuarantined), 1),
        ("AutomationMatcher", typeof(WebhookReplayed), 1),
        ("TemplateRenderer", typeof(MessageRequested), 5),
        ("WhatsAppDispatcher", typeof(MessageRendered), 5),
        ("WhatsAppDispatcher", typeof(GatewayReceipt), 5),
        ("WhatsAppDispatcher", typeof(MessageEchoed), 5),
        ("WhatsAppDispatcher", typeof(MessageCancelled), 1),
        ("WhatsAppDispatcher", typeof(InstanceStatusChanged), 1),
    ];

    private static readonly CrashPoint[] Own =
    [
        .. Of("Ingest", 10, "ingest.body-read", "ingest.written", "ingest.committed", "ingest.answered"),
        .. Of("AutomationMatcher", 3, "timer.claimed", "timer.fired", "timer.committed"),
        .. Of("WhatsAppDispatcher", 8, "dispatch.claimed", "dispatch.armed", "dispatch.written", "dispatch.answered", "dispatch.recorded"),
        .. Of("WhatsAppDispatcher", 1, "dispatch.connected"),
    ];

    /// <summary>Every one that exists in the services.</summary>
    public static IReadOnlyList<CrashPoint> All { get; } =
    [
        .. Own,
        .. Recado.Tests.Infrastructure.FiveProcesses.Services.SelectMany(service => Of(service, 4, "relay.claimed", "relay.published", "relay.confirmed")),
        .. Queues.SelectMany(queue => new[] { "delivered", "handled", "committed" }.Select(moment => new CrashPoint(queue.Service, $"{QueueOf(queue.Service, queue.Message)}.{moment}", queue.Latest))),
    ];

    /// <summary>The same place, at a visit that no chance decides.</summary>
    public CrashPoint AtVisit(int visit) => this with { Earliest = visit, Latest = visit };

    /// <summary>The queues of all services.</summary>
    public static IReadOnlyList<string> QueueNames { get; } = [.. Queues.Select(queue => QueueOf(queue.Service, queue.Message))];

    /// <summary>The schema of a service: <c>automation_matcher</c>.</summary>
    public static string SchemaOf(string service) => service switch
    {
        "AutomationMatcher" => "automation_matcher",
        "TemplateRenderer" => "template_renderer",
        "WhatsAppDispatcher" => "whatsapp_dispatcher",
        _ => service.ToLowerInvariant(),
    };

    private static string QueueOf(string service, Type message) =>
        $"{SchemaOf(service).Replace('_', '-')}.{message.GetCustomAttribute<WireNameAttribute>()!.Name.Replace("recado.", "", StringComparison.Ordinal)}";

    private static IEnumerable<CrashPoint> Of(string service, int latest, params string[] names) => names.Select(name => new CrashPoint(service, name, latest));
}
