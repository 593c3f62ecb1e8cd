using System.ComponentModel.DataAnnotations;

namespace Recado.Platform.Secrets;

/// <summary>
/// The keys that encrypt what a service has to keep secret and yet use, such as the tokens of gateways. A key is 32 random
/// bytes in base64 (<c>openssl rand -base64 32</c>). Several are separated by commas, spaces or lines: the first encrypts,
/// all of them decrypt.
/// </summary>
public sealed class SecretsOptions : IValidatableObject
{
    /// <summary>The keys themselves, for example from the environment.</summary>
    public string? Key { get; set; }

    /// <summary>Path of a file that holds them. Without either, a service on SQLite makes one beside its database.</summary>
    public string? KeyFile { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Key) && !string.IsNullOrEmpty(KeyFile))
            yield return new ValidationResult("Set Secrets:Key or Secrets:KeyFile, not both.", [nameof(Key)]);
    }
}
