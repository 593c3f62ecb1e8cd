using System.ComponentModel.DataAnnotations;

namespace Recado.Platform.Data;

/// <summary>Where a service keeps its state, and for how long what it has finished with.</summary>
public sealed class DatabaseOptions : IValidatableObject
{
    /// <summary>An Npgsql connection string (<c>Host=…</c>), or <c>Data Source=FILE</c> for SQLite: one file per service, beside the named one.</summary>
    [Required(ErrorMessage = "Set Database to an Npgsql connection string (Host=…) or to Data Source=FILE for SQLite.")]
    public string Database { get; set; } = "";

    /// <summary>How long a process that starts, or migrates, waits for a database that does not answer yet.</summary>
    public TimeSpan DatabaseWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Apply pending migrations at start instead of refusing to start.</summary>
    public bool MigrateOnStart { get; set; }

    /// <summary>
    /// For <c>migrate</c> on PostgreSQL: the role as which the services run. It is granted to read and write rows, and
    /// nothing else. It has to exist. Empty where the services run as the owner of the tables.
    /// </summary>
    public string RuntimeRole { get; set; } = "";

    /// <summary>How long sent outbox rows are kept: the span that the loss of a whole broker may cover.</summary>
    public TimeSpan OutboxRetention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long handled message ids are kept: longer than any replay of the outbox.</summary>
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long dead letters are kept after their death, requeued or not.</summary>
    public TimeSpan DeadLetterRetention { get; set; } = TimeSpan.FromDays(90);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Engine.Misunderstood(Database) is { } why)
            yield return new ValidationResult($"Database is not a connection string: {why}", [nameof(Database)]);
    }
}
