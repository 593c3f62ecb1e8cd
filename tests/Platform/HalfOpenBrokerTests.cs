using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using RabbitMQ.Client;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>
/// A broker that is connected and says nothing. Before RabbitMQ.Client 7.2.1 the timer that notices could end the process
/// (rabbitmq-dotnet-client #1884).
/// </summary>
public sealed class HalfOpenBrokerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Test]
    public async Task It_is_noticed_again_and_again_nothing_ends_by_that_and_what_is_only_idle_stays_open()
    {
        var server = await Servers.RabbitMqAsync();
        await using var proxy = new FaultProxy(server.Port);
        await using var idle = await ConnectAsync(server.AmqpUri());
        var noticed = 0;

        for (var round = 1; round <= 2; round++)
        {
            var connections = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ConnectAsync(server.AmqpUri(port: proxy.Port))));
            var consumersHaveStopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            foreach (var connection in connections)
                connection.ConnectionShutdownAsync += (_, _) =>
                {
                    Interlocked.Increment(ref noticed);
                    return consumersHaveStopped.Task;
                };
            proxy.Trouble = Trouble.HalfOpen;
            var expected = round * connections.Length;
            await Until.TrueAsync(() => noticed == expected, Patience, "all connections have noticed");

            // This ended the process: the reset ends the reading loop while the timer waits for consumers.
            proxy.Trouble = Trouble.None;
            consumersHaveStopped.SetResult();
            foreach (var connection in connections)
                await connection.DisposeAsync();
        }

        Assert.That(idle.IsOpen, "for longer than the broker may be silent");
    }

    [Test]
    public async Task A_service_outlives_it_and_goes_on()
    {
        await using var raw = await RawQueue.CreateAsync();
        var server = await Servers.RabbitMqAsync();
        await using var proxy = new FaultProxy(server.Port);
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Postgres), raw.Broker.Replace($":{server.Port}/", $":{proxy.Port}/", StringComparison.Ordinal));
        await book.WriteAsync(Note.Of());
        await book.WaitForNotesAsync(1);
        using var library = new LibraryErrors();

        proxy.Trouble = Trouble.HalfOpen;
        await book.WriteAsync(Note.Of());
        await Until.TrueAsync(() => library.Said("Heartbeat missing"), Patience, "the library has noticed");
        proxy.Trouble = Trouble.None;

        await book.WaitForNotesAsync(2);
    }

    private static Task<IConnection> ConnectAsync(string broker) =>
        new ConnectionFactory { Uri = new(broker), RequestedHeartbeat = TimeSpan.FromSeconds(5), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();

    /// <summary>What RabbitMQ.Client reports as an error, from now on.</summary>
    private sealed class LibraryErrors : EventListener
    {
        private readonly ConcurrentQueue<string> errors = new();

        public bool Said(string words) => errors.Any(error => error.Contains(words, StringComparison.Ordinal));

        protected override void OnEventSourceCreated(EventSource source)
        {
            if (source.Name == "rabbitmq-client")
                EnableEvents(source, EventLevel.Error, EventKeywords.All);
        }

        // The base constructor already hears events, before the fields here are set.
        protected override void OnEventWritten(EventWrittenEventArgs said) => errors?.Enqueue(string.Join(' ', said.Payload?.Select(Text) ?? []));

        private static string Text(object? value) =>
            value is IDictionary<string, object> parts ? string.Join(' ', parts.Values) : value?.ToString() ?? "";
    }
}
