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
        PostgresException postgres => !IsContent(postgres.SqlState),
        NpgsqlException => true,
        SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 or 15 } => true, // busy, locked, read-only, I/O error, full, cannot open, protocol
        SocketException or IOException or TimeoutException or ObjectDisposedException => true,
        AggregateException { InnerException: { } inner } => Is(inner),
        _ => false,
    };

    /// <summary>
    /// 21 cardinality, 22 data, 23 constraint, 54 limit, 42 wrong statement: the row is at fault. Everything else (a
    /// read-only standby, a changed password, a restore under way, missing rights) is the server's state and passes.
    /// </summary>
    private static bool IsContent(string state) =>
        state[..2] is "21" or "22" or "23" or "54" || (state.StartsWith("42", StringComparison.Ordinal) && state is not ("42501" or "42P01"));
}
