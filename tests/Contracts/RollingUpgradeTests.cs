using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Recado.Contracts;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Contracts;

/// <summary>While an upgrade rolls out, processes of two versions publish to and take from the same queues.</summary>
public sealed class RollingUpgradeTests
{
    private const string Exchange = "recado.webhook-quarantined";

    /// <summary>What a message cannot be read without. A name more here refuses every message of the version before, a name less leaves that version's processes without it.</summary>
    private static readonly Dictionary<string, string> Required = new()
    {
        ["recado.commerce-event"] = "customer eventId keys occurredAt receivedAt source storeId subject type webhookId",
        ["recado.customer-replied"] = "gatewayMessageId instanceId kind occurredAt replyId storeId",
        ["recado.gateway-receipt"] = "gatewayMessageId instanceId occurredAt receiptId status storeId",
        ["recado.instance-status-changed"] = "changeId connected instanceId occurredAt storeId",
        ["recado.message-cancelled"] = "cancelledAt messageId reason storeId",
        ["recado.message-echoed"] = "echoId gatewayMessageId instanceId occurredAt storeId text",
        ["recado.message-rendered"] = "class content eventId expiresAt journeyId messageId recipient renderedAt storeId",
        ["recado.message-requested"] = "automationId class event expiresAt journeyId messageId recipient requestedAt storeId template",
        ["recado.message-status-changed"] = "eventId journeyId messageId occurredAt status statusId storeId",
        ["recado.messages-handled"] = "queue through wireName",
        ["recado.person-erased"] = "erasedAt erasureId eventIds messageIds storeId webhookIds",
        ["recado.webhook-quarantined"] = "reason receivedAt source storeId webhookId",
        ["recado.webhook-received"] = "body receivedAt source storeId webhookId",
        ["recado.webhook-replayed"] = "replayedAt storeId webhookId",
    };

    [Test]
    public void What_a_message_must_have_never_changes()
    {
        var actual = typeof(IMessage).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IMessage)))
            .ToDictionary(type => type.GetCustomAttribute<WireNameAttribute>()!.Name, RequiredOf);

        Assert.That(actual, Is.EquivalentTo(Required));
    }

    [Test]
    public void What_the_version_before_does_not_say_is_empty_and_not_null()
    {
        var happened = JsonSerializer.Deserialize(
            """
            {"eventId":"6812a0f4-cc58-4162-8569-ff01ff01ff01","webhookId":"6812a0f4-cc58-4162-8569-ff01ff01ff02","storeId":"demo","source":"wiapy","type":"payment.approved",
             "occurredAt":"2026-01-31T12:00:00+00:00","receivedAt":"2026-01-31T12:00:00+00:00","subject":"payment:1","keys":["payment:1"],"customer":{}}
            """, ContractsJson.Default.CommerceEvent)!;

        Assert.That(happened.Items, Is.Not.Null);
        Assert.That(happened.Links, Is.Not.Null);
    }

    [Test]
    public async Task Messages_of_a_newer_and_of_an_older_version_are_handled_side_by_side_by_whichever_process_takes_them()
    {
        await using var raw = await RawQueue.CreateAsync();
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var one = await Notebook.OpenAsync(database, raw.Broker);
        await using var other = await Notebook.OpenAsync(database, raw.Broker);
        await one.WaitForWhatIsUnderWayAsync();
        var ids = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToList();

        foreach (var (i, id) in ids.Index())
            await raw.PublishAsync(Exchange, Encoding.UTF8.GetBytes(i % 2 == 0 ? OfNewerVersion(id) : OfOlderVersion(id)), id);
        await Until.TrueAsync(async () => !ids.Except(await one.NotesAsync()).Any(), TimeSpan.FromSeconds(90), "all are handled");

        Assert.That((await one.NotesAsync()).Where(ids.Contains), Is.Unique);
        Assert.That(await one.CountAsync("dead_letters"), Is.Zero);
    }

    /// <summary>Says more than this version knows, in every shape that JSON has.</summary>
    private static string OfNewerVersion(Guid id) =>
        $$$"""{"webhookId":"{{{id}}}","storeId":"store","source":"wiapy","reason":"note","field":"payment.status","receivedAt":"2026-01-31T12:00:00+00:00","hint":"new","rank":7,"sure":true,"since":null,"about":{"what":["new",{"deep":1}]}}""";

    /// <summary>Lacks what a later version added: the field.</summary>
    private static string OfOlderVersion(Guid id) =>
        $$$"""{"webhookId":"{{{id}}}","storeId":"store","source":"wiapy","reason":"note","receivedAt":"2026-01-31T12:00:00+00:00"}""";

    private static string RequiredOf(Type message) => string.Join(' ', message.GetProperties()
        .Where(property => property.IsDefined(typeof(RequiredMemberAttribute)))
        .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal));
}
