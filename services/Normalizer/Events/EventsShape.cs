using System.Text.Json.Serialization.Metadata;
using Recado.Contracts;
using Recado.Normalizer.Shapes;

namespace Recado.Normalizer.Events;

/// <summary>What is known of the Events API: exactly the fields of <see cref="EventsApiBody"/>, which is its schema.</summary>
internal static class EventsShape
{
    public static readonly Shape Known = Build();

    private static Shape Build()
    {
        var root = new Shape("");
        Grow(root, EventsApiJson.Default.EventsApiBody);
        root.Grow("type").Know(new(DriftKinds.Type, "type", EventTypes.All));
        return root.Frozen();
    }

    private static void Grow(Shape place, JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            var inner = EventsApiJson.Default.GetTypeInfo(property.PropertyType);
            var element = inner?.ElementType is { } each ? EventsApiJson.Default.GetTypeInfo(each) : null;
            var child = place.Grow(element is null ? property.Name : $"{property.Name}[]");
            if ((element ?? inner) is { Kind: JsonTypeInfoKind.Object } fields)
                Grow(child, fields);
        }
    }
}
