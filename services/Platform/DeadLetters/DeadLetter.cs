using System.Text.Json;
using MassTransit;
using Npgsql;
using Recado.Contracts;
using Recado.Platform.Telemetry;

namespace Recado.Platform.DeadLetters;

/// <summary>A message that its service cannot handle, as it came.</summary>
/// <param name="Queue">Where it waited.</param>
/// <param name="MessageId">Null when the broker did not tell.</param>
/// <param name="Message">Null when the bytes are no such message.</param>
/// <param name="Reason"><c>unreadable</c>, <c>failed</c> or <c>killed_the_process</c>.</param>
/// <param name="Error">The kind of error.</param>
internal sealed record DeadLetter<TMessage>(string Queue, string WireName, Guid? MessageId, byte[] Body, TMessage? Message, string? Trace, string Reason, string Error)
    where TMessage : class, IMessage
{
    /// <summary>The same bytes on the same queue are the same dead letter.</summary>
    public Guid Id => DeterministicId.Of("dead-letter", Queue, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Body)));

    /// <summary>Reads off the receiver's failure what is needed to understand it, and to try again.</summary>
    public static DeadLetter<TMessage> Of(ExceptionReceiveContext context, string queue, string wireName, bool killed)
    {
        var body = context.Body.GetBytes();
        var message = Read(body);
        return new(queue, wireName, IdOf(context) ?? message?.Id, body, message, TraceOf(context),
            killed ? "killed_the_process" : message is null ? "unreadable" : "failed", KindOf(context.Exception));
    }

    private static TMessage? Read(byte[] body)
    {
        try
        {
            return (TMessage?)JsonSerializer.Deserialize(body, typeof(TMessage), ContractsJson.Default);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }

    private static Guid? IdOf(ReceiveContext context) =>
        Guid.TryParse(context.TransportHeaders.Get<string>(MessageHeaders.MessageId), out var id) ? id : null;

    // Whatever else stands in the header is not kept: the database would refuse a NUL.
    private static string? TraceOf(ReceiveContext context) => Spans.FromTraceparent(context.TransportHeaders.Get<string>(Bus.Publisher.TraceHeader)).ToTraceparent();

    private static string KindOf(Exception exception) => exception switch
    {
        PostgresException postgres => $"PostgreSQL {postgres.SqlState}",
        { InnerException: { } inner } when exception is MassTransitException => KindOf(inner),
        _ => exception.GetType().Name,
    };
}
