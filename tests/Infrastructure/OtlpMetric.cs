namespace Recado.Tests.Infrastructure;

/// <summary>How a metric is told.</summary>
public enum OtlpMetricKind
{
    Gauge,

    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A sum that may fall.</summary>
    UpDownCounter,
    Histogram,
}

/// <summary>One data point as exported. Field numbers: metrics/v1/metrics.proto of opentelemetry-proto.</summary>
public sealed record OtlpMetric
{
    public required string Name { get; init; }

    /// <summary>As the instrument has it: <c>s</c>, <c>{webhook}</c>.</summary>
    public required string Unit { get; init; }

    public required OtlpMetricKind Kind { get; init; }

    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Of a histogram, the sum of what was recorded.</summary>
    public required double Value { get; init; }

    /// <summary>How often a histogram was recorded to; 0 for the others.</summary>
    public required long Count { get; init; }

    /// <summary><c>service.name</c> of the process.</summary>
    public required string Service { get; init; }

    /// <summary><c>service.instance.id</c>: new with every start.</summary>
    public required string Instance { get; init; }

    /// <summary>What it is the value of, the later one in the place of the earlier.</summary>
    public string Series => string.Join('|', [Service, Instance, Name, .. Attributes.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value}")]);

    /// <summary>Reads the body of a post to <c>/v1/metrics</c> (<c>ExportMetricsServiceRequest</c>).</summary>
    public static IReadOnlyList<OtlpMetric> Parse(byte[] body) =>
    [
        .. from resourceMetrics in ProtobufFields.Of(body).Messages(1)
        let resource = resourceMetrics.Messages(1).Select(each => OtlpSpan.Pairs(each.Messages(1))).FirstOrDefault() ?? []
        from scopeMetrics in resourceMetrics.Messages(2)
        from metric in scopeMetrics.Messages(2)
        from point in Points(metric)
        select point with { Service = resource.GetValueOrDefault("service.name", ""), Instance = resource.GetValueOrDefault("service.instance.id", "") },
    ];

    private static IEnumerable<OtlpMetric> Points(ProtobufFields metric)
    {
        foreach (var point in metric.Messages(5).SelectMany(gauge => gauge.Messages(1)))
            yield return Number(metric, OtlpMetricKind.Gauge, point);
        foreach (var sum in metric.Messages(7))
            foreach (var point in sum.Messages(1))
                yield return Number(metric, sum.Number(3) != 0 ? OtlpMetricKind.Counter : OtlpMetricKind.UpDownCounter, point);
        foreach (var point in metric.Messages(9).SelectMany(histogram => histogram.Messages(1)))
            yield return Of(metric, OtlpMetricKind.Histogram, OtlpSpan.Pairs(point.Messages(9)), BitConverter.UInt64BitsToDouble(point.Number(5)), (long)point.Number(4));
    }

    private static OtlpMetric Number(ProtobufFields metric, OtlpMetricKind kind, ProtobufFields point) => Of(metric, kind, OtlpSpan.Pairs(point.Messages(7)),
        point.Has(4) ? BitConverter.UInt64BitsToDouble(point.Number(4)) : (long)point.Number(6), count: 0);

    private static OtlpMetric Of(ProtobufFields metric, OtlpMetricKind kind, IReadOnlyDictionary<string, string> attributes, double value, long count) => new()
    {
        Name = metric.Text(1),
        Unit = metric.Text(3),
        Kind = kind,
        Attributes = attributes,
        Value = value,
        Count = count,
        Service = "",
        Instance = "",
    };
}
