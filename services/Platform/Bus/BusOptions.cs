using System.ComponentModel.DataAnnotations;

namespace Recado.Platform.Bus;

/// <summary>How services reach each other.</summary>
public sealed class BusOptions : IValidatableObject
{
    /// <summary><c>amqp://user:password@host:port/vhost</c> (or <c>amqps://</c>), or <c>memory</c> when all services share one process.</summary>
    [Required(ErrorMessage = "Set Broker to an amqp:// address, or to memory for a single process.")]
    public string Broker { get; set; } = "";

    /// <summary>Messages taken from a queue before the first is acknowledged; also the largest batch.</summary>
    [Range(1, 2000)]
    public ushort Prefetch { get; set; } = 200;

    /// <summary>True for one process on embedded defaults.</summary>
    public bool InMemory => Broker == "memory";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!InMemory && !(Uri.TryCreate(Broker, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps"))
            yield return new ValidationResult("Broker must be 'memory' or an amqp:// address.", [nameof(Broker)]);
    }
}
