using System.Data.Common;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Recado.Platform.Hosting;

/// <summary>Something that a person has to put right before the process can run; the message is the one sentence they see.</summary>
public sealed class CannotStartException(string sentence) : Exception(sentence)
{
    /// <summary>The sentence for an exception at start, or null where it is not one of configuration.</summary>
    internal static string? Sentence(Exception exception) => exception switch
    {
        CannotStartException => exception.Message,
        OptionsValidationException validation => string.Join(" ", validation.Failures),
        AggregateException { InnerExceptions: var inner } when inner.All(each => Sentence(each) is not null) =>
            string.Join(" ", inner.Select(Sentence)),
        InvalidOperationException when exception.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) => exception.Message,
        PostgresException postgres => $"the database refuses: {postgres.MessageText}", // its Message has several lines
        DbException => $"the database does not answer: {exception.Message}",
        IOException { InnerException: AddressInUseException } => exception.Message,
        _ => null,
    };
}
