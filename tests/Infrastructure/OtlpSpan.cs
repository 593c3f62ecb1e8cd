namespace Recado.Tests.Infrastructure;

/// <summary>Another span that a span names, for example that of a message in a batch. Ids in lower-case hex.</summary>
public sealed record OtlpLink(string TraceId, string SpanId);

/// <summary>One span as exported. Field numbers: trace/v1/trace.proto, common/v1/common.proto and resource/v1/resource.proto of opentelemetry-proto.</summary>
public sealed record OtlpSpan
{
    /// <summary>Lower-case hex, as the other ids.</summary>
    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    /// <summary>"" for a root.</summary>
    public required string ParentSpanId { get; init; }

    public required string Name { get; init; }

    /// <summary>1 internal, 2 server, 3 client, 4 producer, 5 consumer; 0 when not told.</summary>
    public required int Kind { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>Strings, numbers and booleans as text; lists and maps as "".</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    public required IReadOnlyList<OtlpLink> Links { get; init; }

    /// <summary>0 unset, 1 ok, 2 error.</summary>
    public required int StatusCode { get; init; }

    public required string StatusMessage { get; init; }

    /// <summary><c>service.name</c> of the process that made it.</summary>
    public required string Service { get; init; }

    /// <summary><c>service.instance.id</c>: another one for each process.</summary>
    public required string Instance { get; init; }

    /// <summary>Reads the body of a post to <c>/v1/traces</c> (<c>ExportTraceServiceRequest</c>).</summary>
    public static IReadOnlyList<OtlpSpan> Parse(byte[] body) =>
    [
        .. from resourceSpans in ProtobufFields.Of(body).Messages(1)
        let resource = resourceSpans.Messages(1).Select(resource => Pairs(resource.Messages(1))).FirstOrDefault() ?? []
        from scopeSpans in resourceSpans.Messages(2)
        from span in scopeSpans.Messages(2)
        select Read(span, resource),
    ];

    private static OtlpSpan Read(ProtobufFields span, Dictionary<string, string> resource)
    {
        var status = span.Messages(15).FirstOrDefault();
        return new OtlpSpan
        {
            TraceId = span.Hex(1),
            SpanId = span.Hex(2),
            ParentSpanId = span.Hex(4),
            Name = span.Text(5),
            Kind = (int)span.Number(6),
            Start = Time(span.Number(7)),
            End = Time(span.Number(8)),
            Attributes = Pairs(span.Messages(9)),
            Links = [.. span.Messages(13).Select(link => new OtlpLink(link.Hex(1), link.Hex(2)))],
            StatusMessage = status?.Text(2) ?? "",
            StatusCode = (int)(status?.Number(3) ?? 0),
            Service = resource.GetValueOrDefault("service.name", ""),
            Instance = resource.GetValueOrDefault("service.instance.id", ""),
        };
    }

    /// <summary>Attributes by name.</summary>
    internal static Dictionary<string, string> Pairs(IEnumerable<ProtobufFields> keyValues)
    {
        Dictionary<string, string> pairs = [];
        foreach (var keyValue in keyValues)
            pairs[keyValue.Text(1)] = keyValue.Messages(2).Select(Value).FirstOrDefault() ?? "";
        return pairs;
    }

    private static string Value(ProtobufFields any)
    {
        if (any.Has(2))
            return any.Number(2) != 0 ? "true" : "false";
        if (any.Has(3))
            return FormattableString.Invariant($"{(long)any.Number(3)}");
        return any.Has(4) ? FormattableString.Invariant($"{BitConverter.UInt64BitsToDouble(any.Number(4))}") : any.Text(1);
    }

    private static DateTimeOffset Time(ulong unixNanoseconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(unixNanoseconds / 100));
}
