using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MassTransit;
using Microsoft.Extensions.Logging;
using Recado.Contracts;

namespace Recado.Platform.Bus;

/// <summary>
/// Takes a message as it comes off the wire, parsed once, straight to its consumer. Whatever does not go that way
/// goes on through all of MassTransit, which parses it again, tries it again, and puts it aside.
/// </summary>
/// <param name="log">Told why a message goes on.</param>
/// <param name="stopping">Of the process.</param>
internal sealed class ShortWay<TMessage>(Func<TMessage, Headers, Task> consume, ILogger log, CancellationToken stopping) : IFilter<ReceiveContext>
    where TMessage : class, IMessage
{
    private static readonly JsonTypeInfo<TMessage> Type = (JsonTypeInfo<TMessage>)ContractsJson.Default.GetTypeInfo(typeof(TMessage))!;

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        try
        {
            if (JsonSerializer.Deserialize(context.Body.GetBytes(), Type) is { } message)
            {
                await consume(message, context.TransportHeaders);
                return;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested) // what a process that goes down gives up, the broker gives to the next one
        {
            // The long way meets the same trouble, and is loud about it, or finds it gone.
            log.LogDebug(exception, "A {WireName} is tried again", MessageTypes.WireNameOf(typeof(TMessage)));
        }
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("short-way");
}
