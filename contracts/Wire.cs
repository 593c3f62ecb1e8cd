namespace Recado.Contracts;

/// <summary>A message that travels between services.</summary>
public interface IMessage
{
    /// <summary>
    /// Identity of the message on the bus, derived from natural keys (UUIDv5). A repeat of the same fact,
    /// by redelivery, replay or a second run, carries the same id, and the receiver's inbox drops it.
    /// </summary>
    Guid Id { get; }
}

/// <summary>
/// The name of a message on the wire: its exchange in RabbitMQ and its type in the outbox.
/// It is a contract of its own: moving or renaming the record must not change it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WireNameAttribute(string name) : Attribute
{
    /// <summary>For example <c>recado.commerce-event</c>.</summary>
    public string Name { get; } = name;
}
