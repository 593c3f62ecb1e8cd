using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform.Telemetry;

public sealed class LogTraceTests
{
    [Test]
    public async Task The_line_about_a_dead_letter_tells_its_trace_also_while_nobody_exports()
    {
        using var log = new Lines();
        var listener = new Listener { During = _ => throw new InvalidOperationException("A defect.") };
        await using var host = await HostInProcess.PrepareAsync(new NotesService(listener), await FreshDatabase.CreateAsync(Engine.Sqlite), log: log);
        await host.StartAsync();
        var trace = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);

        await host.Get<NotesDatabase>().InTransactionAsync(transaction =>
        {
            transaction.Publish(Note.Of(), trace);
            return Task.CompletedTask;
        }, default);

        await Until.TrueAsync(() => log.Said.Any(line => line.Text.Contains("is a dead letter", StringComparison.Ordinal)), TimeSpan.FromSeconds(60), "the line is written");
        Assert.That(log.Said.First(line => line.Text.Contains("is a dead letter", StringComparison.Ordinal)).Trace, Is.EqualTo(trace.TraceId.ToString()));
    }

    /// <summary>What is said, and in which trace.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(string Text, string? Trace)> Said { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Enqueue((formatter(state, exception), Activity.Current?.TraceId.ToString()));

        public void Dispose()
        {
        }
    }
}
