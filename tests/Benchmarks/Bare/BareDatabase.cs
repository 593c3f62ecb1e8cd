using Npgsql;

namespace Recado.Tests.Benchmarks.Bare;

/// <summary>A connection for every worker for as long as the process lives, with prepared statements.</summary>
public sealed class BareDatabase(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 40, MaxAutoPrepare = 50, AutoPrepareMinUsages = 1 });

    public async Task<NpgsqlConnection> ConnectAsync() => await source.OpenConnectionAsync();

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
