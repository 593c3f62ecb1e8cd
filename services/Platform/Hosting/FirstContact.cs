using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Recado.Platform.Data;

namespace Recado.Platform.Hosting;

/// <summary>A database that starts beside the process is waited for.</summary>
internal static class FirstContact
{
    /// <summary>Returns when the database has answered once.</summary>
    /// <exception cref="CannotStartException">It does not answer, or there is no such database or user.</exception>
    public static async Task MakeAsync(Database database, TimeSpan patience, ILogger log, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await database.Engine.OpenAsync(cancellation);
                return;
            }
            // A wrong database name or password is a mistake while nothing has ever worked: said at once.
            catch (Exception exception) when (Outage.Is(exception) && exception is not Npgsql.PostgresException { SqlState: "3D000" or "28000" or "28P01" })
            {
                if (Stopwatch.GetElapsedTime(started) >= patience)
                    throw new CannotStartException($"the database does not answer: {exception.Message}");
                log.LogWarning("The database does not answer yet: {Error}", exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            }
        }
    }
}
