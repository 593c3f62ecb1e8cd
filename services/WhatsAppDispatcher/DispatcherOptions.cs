using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Recado.WhatsAppDispatcher.Gateways;

namespace Recado.WhatsAppDispatcher;

/// <summary>How messages are handed to gateways.</summary>
public sealed class DispatcherOptions : IValidatableObject
{
    /// <summary>Sends under way at once in this process: also the most that one crash can leave uncertain.</summary>
    [Range(1, 1000, ErrorMessage = "Dispatcher:Concurrency must be between 1 and 1000.")]
    public int Concurrency { get; set; } = 64;

    /// <summary>How long the gateway may take to answer; after it the send is uncertain.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a process may hold a message. Longer than a send can last: 5 s to arm, 15 s to send, and the record.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Of a number whose token its gateway refuses: the time from one try to the next.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Dispatcher:ProbeEvery must be between 00:00:01 and 1.00:00:00.")]
    public TimeSpan ProbeEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Gateways that are not at a public address over https: <c>false</c> refuses them, <c>true</c> allows all; otherwise
    /// hosts, addresses and networks separated by commas: <c>gateway.internal,10.20.0.0/16</c>. What is allowed here may be http and on any port.
    /// </summary>
    public string AllowPrivateGateways { get; set; } = "false";

    /// <summary>Ports of gateways at public addresses, separated by commas.</summary>
    public string GatewayPorts { get; set; } = "443";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PrivateGateways.Parse(AllowPrivateGateways) is null)
            yield return new ValidationResult("Dispatcher:AllowPrivateGateways must be true, false, or hosts, addresses and networks (10.20.0.0/16) separated by commas.", [nameof(AllowPrivateGateways)]);
        if (Ports(GatewayPorts) is null)
            yield return new ValidationResult("Dispatcher:GatewayPorts must be ports from 1 to 65535 separated by commas.", [nameof(GatewayPorts)]);
    }

    /// <summary>Reads the list; null where it is none.</summary>
    internal static int[]? Ports(string text)
    {
        int[] ports = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0)];
        return ports.Length > 0 && ports.All(port => port is > 0 and <= 65535) ? ports : null;
    }
}
