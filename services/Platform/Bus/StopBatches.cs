using Microsoft.Extensions.Hosting;

namespace Recado.Platform.Bus;

/// <summary>
/// Has batches that wait for the database given up right before the bus stops. Not when the process begins to stop: the web
/// server may take 25 s to end its requests, and all that the bus delivered meanwhile would be given back every time, be
/// delivered too often (ten times within a second), and be a dead letter.
/// </summary>
internal sealed class StopBatches(Consumers consumers, IServiceProvider services) : IHostedService
{
    // Then the broker has the messages again before MassTransit's own 10 s are over. With messages in its hands it would
    // wait 20 s more for the end of its connection.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var registration in consumers.Registrations)
            registration.StopWithin(Grace, services);
        return Task.CompletedTask;
    }
}
