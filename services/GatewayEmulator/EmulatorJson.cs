using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recado.GatewayEmulator.Behaviours;
using Recado.GatewayEmulator.Instances;
using Recado.GatewayEmulator.Messages;
using Recado.GatewayEmulator.Replies;
using Recado.GatewayEmulator.Sending;

namespace Recado.GatewayEmulator;

/// <summary>The generated JSON code of everything that has a fixed shape.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(SendAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(Behaviour))]
[JsonSerializable(typeof(BehaviourUpdate))]
[JsonSerializable(typeof(ReplyOrder))]
[JsonSerializable(typeof(ReplyAnswer))]
[JsonSerializable(typeof(CountsAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(PhoneExistsAnswer))]
[JsonSerializable(typeof(PhoneExistsBatchOrder))]
[JsonSerializable(typeof(IReadOnlyList<PhoneExistsBatchAnswer>))]
[JsonSerializable(typeof(WebhookOrder))]
[JsonSerializable(typeof(ValueAnswer))]
[JsonSerializable(typeof(ConnectionAnswer))]
internal sealed partial class EmulatorJson : JsonSerializerContext
{
    /// <summary>Writes accents as they are, as the gateway does; the answers are never put into HTML.</summary>
    public static JsonWriterOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
