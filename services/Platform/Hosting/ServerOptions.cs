using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Recado.Platform.Hosting;

/// <summary>The web server of a process.</summary>
public sealed class ServerOptions : IValidatableObject
{
    /// <summary>Connections at once; one more is closed unanswered. Each may hold a body in memory.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Server:MaxConnections must be between 1 and 1000000.")]
    public int MaxConnections { get; set; } = 5000;

    /// <summary>
    /// Networks of the reverse proxies in front, such as <c>10.0.0.0/8, 192.168.1.7/32</c>. Only what comes from there may say
    /// by <c>X-Forwarded-For</c> for whom it comes; without it the address of the connection counts.
    /// </summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>The networks; null where one is none.</summary>
    internal IPNetwork[]? Networks
    {
        get
        {
            var parts = TrustedProxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var networks = new List<IPNetwork>();
            foreach (var part in parts)
            {
                if (!IPNetwork.TryParse(part, out var network))
                    return null;
                networks.Add(network);
            }
            return [.. networks];
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Networks is null)
            yield return new ValidationResult("Server:TrustedProxies must be networks such as 10.0.0.0/8, separated by commas.", [nameof(TrustedProxies)]);
    }
}
