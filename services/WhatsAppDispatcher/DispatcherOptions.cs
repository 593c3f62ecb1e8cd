using System.ComponentModel.DataAnnotations;

namespace Recado.WhatsAppDispatcher;

/// <summary>How messages are handed to gateways.</summary>
public sealed class DispatcherOptions
{
    /// <summary>Sends under way at once in this process: also the most that one crash can leave uncertain.</summary>
    [Range(1, 1000, ErrorMessage = "Dispatcher:Concurrency must be between 1 and 1000.")]
    public int Concurrency { get; set; } = 16;

    /// <summary>How long the gateway may take to answer; after it the send is uncertain.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a process may hold a message. Longer than a send can last: 5 s to arm, 15 s to send, and the record.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);
}
