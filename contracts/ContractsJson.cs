using System.Text.Json.Serialization;

namespace Recado.Contracts;

/// <summary>
/// The JSON of the wire: camel case, nulls left out, source-generated. That drops an initializer (<c>init; } = []</c>) where the
/// text says nothing: what is never null says so in its getter.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookReceived))]
[JsonSerializable(typeof(WebhookQuarantined))]
[JsonSerializable(typeof(WebhookReplayed))]
[JsonSerializable(typeof(CommerceEvent))]
[JsonSerializable(typeof(MessageRequested))]
[JsonSerializable(typeof(MessageRendered))]
[JsonSerializable(typeof(MessageCancelled))]
[JsonSerializable(typeof(MessageStatusChanged))]
[JsonSerializable(typeof(GatewayReceipt))]
[JsonSerializable(typeof(CustomerReplied))]
[JsonSerializable(typeof(MessageEchoed))]
[JsonSerializable(typeof(InstanceStatusChanged))]
[JsonSerializable(typeof(MessagesHandled))]
[JsonSerializable(typeof(PersonErased))]
public sealed partial class ContractsJson : JsonSerializerContext;
