using System.Reflection;
using Recado.Contracts;

namespace Recado.Tests.Contracts;

public sealed class WireNameTests
{
    private static readonly Dictionary<string, string> Pinned = new()
    {
        ["recado.webhook-received"] = nameof(WebhookReceived),
        ["recado.webhook-quarantined"] = nameof(WebhookQuarantined),
        ["recado.webhook-replayed"] = nameof(WebhookReplayed),
        ["recado.commerce-event"] = nameof(CommerceEvent),
        ["recado.message-requested"] = nameof(MessageRequested),
        ["recado.message-rendered"] = nameof(MessageRendered),
        ["recado.message-cancelled"] = nameof(MessageCancelled),
        ["recado.message-status-changed"] = nameof(MessageStatusChanged),
        ["recado.gateway-receipt"] = nameof(GatewayReceipt),
        ["recado.customer-replied"] = nameof(CustomerReplied),
        ["recado.message-echoed"] = nameof(MessageEchoed),
        ["recado.instance-status-changed"] = nameof(InstanceStatusChanged),
        ["recado.messages-handled"] = nameof(MessagesHandled),
        ["recado.person-erased"] = nameof(PersonErased),
    };

    [Test]
    public void Every_message_keeps_its_name_on_the_wire()
    {
        var actual = typeof(IMessage).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IMessage)))
            .ToDictionary(type => type.GetCustomAttribute<WireNameAttribute>()!.Name, type => type.Name);

        Assert.That(actual, Is.EquivalentTo(Pinned));
    }

    [Test]
    public void Ids_are_the_same_on_every_machine_and_for_ever()
    {
        Assert.That(DeterministicId.Of("demo", "wiapy", "1"), Is.EqualTo(new Guid("2dfac84f-d3a6-584f-9997-2f8839a19626")));
        Assert.That(DeterministicId.Of("ab", "c"), Is.Not.EqualTo(DeterministicId.Of("a", "bc")));
    }
}
