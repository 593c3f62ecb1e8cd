using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recado.Platform.Telemetry;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform.Telemetry;

/// <summary>Figures of the database are told as they were read last, and not told when they could not be read.</summary>
public sealed class SamplerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task A_figure_that_cannot_be_read_is_not_told_until_it_can_be_again()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var time = new ManualTimeProvider();
        using var listening = new Listening("recado.test.figure");
        using var sampler = new Figures(services.GetRequiredService<IMeterFactory>(), time);
        await sampler.StartAsync(default);
        await SoonAsync(() => listening.Read() is [7], "the first reading is told");

        sampler.Fails = true;
        await SoonAsync(() => listening.Read() is [], "nothing is told", time);
        sampler.Fails = false;
        await SoonAsync(() => listening.Read() is [7], "it is told again", time);
        await sampler.StopAsync(default);
    }

    [TestCase(Engine.Postgres)]
    [TestCase(Engine.Sqlite)]
    public async Task An_outbox_that_nobody_takes_from_grows_and_gets_older(Engine engine)
    {
        // No broker listens there.
        await using var host = await HostInProcess.PrepareAsync(new NotesService(new Listener()), await FreshDatabase.CreateAsync(engine), $"amqp://127.0.0.1:{Ports.Free()}",
            settings: ("Gauges:Every", "00:00:01"));
        using var unsent = new Listening("recado.outbox.unsent", "notes");
        using var age = new Listening("recado.outbox.age", "notes");
        await host.StartAsync();
        await SoonAsync(() => unsent.Read() is [0] && age.Read() is [0], "an empty outbox is told");

        await host.Get<NotesDatabase>().InTransactionAsync(transaction =>
        {
            transaction.Publish(Note.Of(), default);
            transaction.Publish(Note.Of(), default);
            return Task.CompletedTask;
        }, default);

        await SoonAsync(() => unsent.Read() is [2], "two messages are told");
        await SoonAsync(() => age.Read() is [> 2], "they are more than two seconds old");
    }

    private static Task SoonAsync(Func<bool> so, string what, ManualTimeProvider? time = null) => Until.TrueAsync(() =>
    {
        time?.Advance(TimeSpan.FromSeconds(1));
        return so();
    }, Patience, what);

    private sealed class Figures : Sampler
    {
        private readonly SampledGauge _figure;

        public Figures(IMeterFactory meters, TimeProvider time)
            : base(meters, Options.Create(new GaugeOptions { Every = TimeSpan.FromSeconds(1) }), time, NullLogger.Instance) =>
            _figure = Gauge("recado.test.figure", "{figure}", "A figure.");

        public bool Fails { get; set; }

        protected override Task SampleAsync(DateTimeOffset now, CancellationToken cancellation)
        {
            if (Fails)
                throw new IOException("The database is away.");
            _figure.Set(7);
            return Task.CompletedTask;
        }
    }
}
