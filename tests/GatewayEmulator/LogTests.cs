using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Recado.Tests.GatewayEmulator;

public sealed class LogTests
{
    [Test]
    public async Task Logs_hold_no_phone_token_or_text()
    {
        using var log = new LogLines();
        await using (var emulator = await RunningEmulator.StartAsync(log))
        {
            await emulator.BehaveAsync("""{"echo":true}""");
            emulator.Receiver.RefuseNext(1);
            await emulator.AcceptedTextAsync(message: "a private word");
            using var refused = await emulator.SendTextAsync(RunningEmulator.Phone + "x", "a private word");
            using var reply = await emulator.Http.PostAsync(
                "/emulator/replies", RunningEmulator.Json($$"""{"phone":"{{RunningEmulator.Phone}}","text":"a private word"}"""));
            await emulator.MessagesAsync($"?phone={RunningEmulator.Phone}");
            await emulator.GetAsync(RunningEmulator.Gateway($"phone-exists/{RunningEmulator.Phone}"));
            await emulator.Receiver.ExpectAsync(5);
        }

        Assert.That(log.Lines, Has.Some.Contains("are not taken"), "what the log is for");
        string[] secrets = [RunningEmulator.Phone, "secret-token", "account-token", "a private word"];
        Assert.That(log.Lines.Where(line => secrets.Any(line.Contains)), Is.Empty);
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> Lines => lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
