using System.Text.RegularExpressions;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Observability;

/// <summary>
/// What Prometheus calls an OpenTelemetry metric that comes over OTLP, by its translation strategy
/// <c>UnderscoreEscapingWithSuffixes</c>, the default: dots become underscores, the unit and <c>_total</c> are appended, a unit
/// in braces is dropped.
/// </summary>
internal static partial class PrometheusNames
{
    /// <summary>Every metric has them: from <c>service.name</c> and <c>service.instance.id</c>.</summary>
    private static readonly string[] OfTheResource = ["job", "instance", "service_name", "service_instance_id"];

    /// <summary>The series of a data point, each with the names of its labels.</summary>
    public static IEnumerable<(string Series, IReadOnlyList<string> Labels)> Of(OtlpMetric metric)
    {
        List<string> labels = [.. metric.Attributes.Keys.Select(Plain), .. OfTheResource];
        var name = BaseOf(metric);
        return metric.Kind == OtlpMetricKind.Histogram
            ? [($"{name}_bucket", [.. labels, "le"]), ($"{name}_sum", labels), ($"{name}_count", labels)]
            : [(name, labels)];
    }

    private static string BaseOf(OtlpMetric metric)
    {
        var unit = metric.Unit switch
        {
            "" => "",
            "s" => "_seconds",
            "By" => "_bytes",
            "1" => metric.Kind == OtlpMetricKind.Gauge ? "_ratio" : "",
            ['{', .., '}'] => "",
            "ms" => "_milliseconds",
            var other => "_" + Plain(other),
        };
        var name = Plain(metric.Name);
        return (name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit) + (metric.Kind == OtlpMetricKind.Counter ? "_total" : "");
    }

    private static string Plain(string name) => NotAllowed().Replace(name, "_");

    [GeneratedRegex("[^a-zA-Z0-9]+")]
    private static partial Regex NotAllowed();
}
