using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;

namespace Recado.Platform.Bus;

/// <summary>
/// Gives up a channel that is closed, so that MassTransit opens another. By itself it can wait for ever: of two exchanges
/// that it declares at once one waits for the other, and who waits for a channel that is disposed of is never told. Or
/// for 20 s: channels learn one after the other that their connection is gone, and one whose acknowledgements wait for
/// that connection holds up the rest (MassTransit 8.5.12, RabbitMQ.Client 7.2.2). Meanwhile their queues have no
/// consumer, and nothing says so.
/// </summary>
internal sealed class LeaveClosedChannel(string queue, ILogger<LeaveClosedChannel> log) : IFilter<ChannelContext>
{
    // A batch takes milliseconds; of one that waits for the database the broker has the messages back already.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        using var leaving = new CancellationTokenSource();
        using var scope = new ScopeChannelContext(context, leaving.Token);
        var use = next.Send(scope);
        // Events come late, see above; the property is right at once.
        while (!use.IsCompleted && context.ConnectionContext.Connection.IsOpen && context.Channel.IsOpen)
            await Task.WhenAny(use, Task.Delay(BetweenLooks, CancellationToken.None));
        if (!use.IsCompleted)
            await leaving.CancelAsync();
        await LeaveAsync(use);
    }

    private async Task LeaveAsync(Task use)
    {
        try
        {
            await use.WaitAsync(Patience);
        }
        catch (TimeoutException exception) when (!use.IsCompleted)
        {
            log.LogWarning("The channel of {Queue} has been closed for {Seconds} s, and what used it has not ended: another is opened", queue, Patience.TotalSeconds);
            throw new RabbitMqConnectionException($"The channel of {queue} is closed.", exception);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("leave-closed-channel");
}
