using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Recado.Platform.Telemetry;

/// <summary>
/// What stands beside each log line: the trace that it belongs to, and the scopes that code opens. Not the web server's
/// scope, which holds the path of the request as it came: the paths of some senders are secrets.
/// </summary>
internal sealed class LogScopes : IExternalScopeProvider
{
    private readonly LoggerExternalScopeProvider _opened = new();

    public IDisposable Push(object? state) => _opened.Push(state);

    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        if (Activity.Current is { } span)
            callback(new SpanScope(span), state);
        _opened.ForEachScope((scope, rest) =>
        {
            if (!IsRequest(scope))
                rest.callback(scope, rest.state);
        }, (callback, state));
    }

    private static bool IsRequest(object? scope) =>
        scope is IEnumerable<KeyValuePair<string, object>> values && values.Any(value => value.Key == "RequestPath");

    private sealed class SpanScope(Activity span)
        : List<KeyValuePair<string, object?>>([new("SpanId", span.SpanId.ToHexString()), new("TraceId", span.TraceId.ToHexString())])
    {
        public override string ToString() => string.Join(", ", this.Select(pair => $"{pair.Key}:{pair.Value}"));
    }
}
