using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Recado.Platform.Data;

/// <summary>Tells an outage, which passes, from bad content, which does not. An outage never uses up attempts.</summary>
public static class Outage
{
    /// <summary>True when trying the same again later can succeed without anybody changing anything.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        // 08 connection, 40 serialisation and deadlock, 53 resources, 55 lock not available, 57 operator (shutdown, time-out), 58 I/O.
        PostgresException postgres => postgres.SqlState[..2] is "08" or "40" or "53" or "55" or "57" or "58",
        NpgsqlException => true,
        SqliteException { SqliteErrorCode: 5 or 6 or 10 or 13 } => true, // busy, locked, I/O error, full
        SocketException or IOException or TimeoutException or ObjectDisposedException => true,
        AggregateException { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
