using System.Text.Json;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.Shapes;

/// <summary>Collects what is new in one payload; no list is made before there is something.</summary>
internal struct DriftFindings
{
    private static readonly DriftFinding More = new(DriftKinds.Other, "", "", "");
    private List<DriftFinding>? list;

    public readonly IReadOnlyList<DriftFinding> List => list ?? (IReadOnlyList<DriftFinding>)[];

    /// <summary>Nothing more is taken: the payload needs no further look.</summary>
    public readonly bool IsFull => list is { Count: > Drift.MostPerWebhook };

    public void AddField(Shape place, JsonProperty property)
    {
        var name = Masked.Name(Shape.NameOf(property));
        var kind = property.Value.ValueKind == JsonValueKind.Object ? place.UnknownObject : DriftKinds.Field;
        var path = Masked.Path(place.Path.Length == 0 ? name : $"{place.Path}.{name}");
        if (!Has(kind, path, ""))
            Add(new(kind, path, "", Masked.Json(property.Value)));
    }

    public void AddValue(string kind, string path, JsonElement element)
    {
        var value = Strings.TryRead(element, out var text) ? Masked.Constant(text) : Masked.Json(element);
        if (!Has(kind, path, value))
            Add(new(kind, path, value, value));
    }

    private void Add(DriftFinding finding)
    {
        if (!IsFull)
            (list ??= []).Add(list is { Count: Drift.MostPerWebhook } ? More : finding);
    }

    private readonly bool Has(string kind, string path, string value) =>
        list?.Exists(finding => finding.Kind == kind && finding.Path == path && finding.Value == value) ?? false;
}
