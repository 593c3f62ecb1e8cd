using System.Text.Json.Serialization;

namespace Recado.Normalizer.Events;

/// <summary>Reads the schema: camel case, case-sensitive, numbers are numbers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EventsApiBody))]
public sealed partial class EventsApiJson : JsonSerializerContext;
