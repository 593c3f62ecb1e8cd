using System.Collections;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Recado.Platform.Telemetry;

/// <summary>
/// Every log line is written with its scopes, and the frameworks put addresses there (<c>RequestPath</c>, <c>Uri</c>): those
/// are left out, whoever opens the scope.
/// </summary>
internal sealed class SafeScopes : IExternalScopeProvider
{
    private static readonly string[] Addresses = ["RequestPath", "Uri", "Url", "Path", "QueryString"];
    private readonly LoggerExternalScopeProvider _scopes = new();

    /// <summary>The trace first, as the provider of the framework does, whose place this takes.</summary>
    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        if (Activity.Current is { } activity)
            callback(new Pairs([new("SpanId", activity.SpanId.ToString()), new("TraceId", activity.TraceId.ToString()), new("ParentId", activity.ParentSpanId.ToString())]), state);
        _scopes.ForEachScope(callback, state);
    }

    public IDisposable Push(object? state) => _scopes.Push(state switch
    {
        IEnumerable<KeyValuePair<string, object?>> pairs when pairs.Any(IsAddress) => new Pairs([.. pairs.Where(pair => !IsAddress(pair) && pair.Key != "{OriginalFormat}")]),
        string text => SecretsOutOfSpans.Redact(text),
        _ => state,
    });

    private static bool IsAddress(KeyValuePair<string, object?> pair) => Addresses.Contains(pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>A list, for the formatters write the pairs of one; and its text, for they write that as well.</summary>
    private sealed class Pairs(KeyValuePair<string, object?>[] pairs) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => pairs.Length;

        public KeyValuePair<string, object?> this[int index] => pairs[index];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)pairs).GetEnumerator();

        public override string ToString() => string.Join(' ', pairs.Select(pair => $"{pair.Key}:{pair.Value}"));

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
