using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
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

    /// <summary>What the version before does not say is empty and not null, in a message and in everything that it can hold.</summary>
    [TestCaseSource(nameof(Types))]
    public void What_a_message_need_not_say_is_not_null_where_that_is_promised(Type type)
    {
        var read = JsonSerializer.Deserialize(Barest(type)!.ToJsonString(), ContractsJson.Default.GetTypeInfo(type)!)!;

        Assert.That(NeverNull(type).Where(property => property.GetValue(read) is null).Select(property => property.Name), Is.Empty);
    }

    [Test]
    public void A_line_without_a_quantity_is_one_piece() =>
        Assert.That(JsonSerializer.Deserialize("{}", ContractsJson.Default.Item)!.Quantity, Is.EqualTo(1));

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

    private static IEnumerable<Type> Types() => typeof(IMessage).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && ContractsJson.Default.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object });

    private static IEnumerable<PropertyInfo> NeverNull(Type type) => type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => !property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull);

    /// <summary>With what is required, and nothing else.</summary>
    private static JsonNode? Barest(Type type) => type switch
    {
        _ when type == typeof(string) => "x",
        _ when type == typeof(byte[]) => "",
        _ when type == typeof(Guid) => Guid.Empty.ToString(),
        _ when type == typeof(DateTimeOffset) => "2026-01-31T12:00:00+00:00",
        _ when type == typeof(bool) => false,
        { IsPrimitive: true } => 1,
        _ when Nullable.GetUnderlyingType(type) is not null => null,
        { IsGenericType: true } => new JsonArray(),
        _ => new JsonObject(RequiredIn(type).Select(property => KeyValuePair.Create(property.Name, Barest(property.PropertyType)))),
    };

    private static IEnumerable<JsonPropertyInfo> RequiredIn(Type type) =>
        ContractsJson.Default.GetTypeInfo(type)!.Properties.Where(property => property.IsRequired || property.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false });
}
