using System.Security.Cryptography;
using System.Text.Json;
using Recado.Platform.Data;
using Recado.Platform.Hosting;
using Recado.Platform.Secrets;
using Recado.WhatsAppDispatcher.Pausing;

namespace Recado.WhatsAppDispatcher.Gateways;

/// <summary>
/// The gateways in the tables. Each row is sealed for its store and instance: a token cannot be read from the database,
/// a row copied to another store does not open, and an address that was changed there does not get a token.
/// </summary>
public sealed class SealedGateways(DispatcherDatabase database, SecretBox box, TimeProvider time, ILogger<SealedGateways> log)
{
    private sealed record Row(string Store, string Instance, string Settings, byte[]? Sealed);

    /// <summary>Puts these in place of all that the store has; the first one sends. A paused number is tried at once with settings that are new.</summary>
    public async Task ReplaceAsync(string store, IReadOnlyList<GatewaySettings> gateways, CancellationToken cancellation)
    {
        var before = (await RowsAsync(cancellation)).Where(row => row.Store == store).ToDictionary(row => row.Instance);
        string[] changed = [.. gateways.Where(gateway => !IsIn(before, gateway)).Select(gateway => gateway.Instance)];
        await database.InTransactionAsync(async transaction =>
        {
            Insert(store, gateways, transaction);
            await PausedNumbers.SettingsChangedAsync(store, changed, [.. gateways.Select(gateway => gateway.Instance)], transaction, time.GetUtcNow(), cancellation);
        }, cancellation);
    }

    private void Insert(string store, IReadOnlyList<GatewaySettings> gateways, Transaction transaction)
    {
        transaction.Write("delete from gateways where store_id = @store", ("store", store));
        transaction.WriteEach(
            """
            insert into gateways (store_id, instance_id, settings, sealed, position) values (@store, @instance, '', @sealed, @position)
            on conflict (store_id, instance_id) do update set settings = '', sealed = excluded.sealed, position = excluded.position
            """,
            [.. gateways.Index()],
            each =>
            [
                ("store", store), ("instance", each.Item.Instance), ("position", each.Index),
                ("sealed", box.Seal(PlaceOf(store, each.Item.Instance), JsonSerializer.SerializeToUtf8Bytes(each.Item))),
            ]);
    }

    private bool IsIn(Dictionary<string, Row> rows, GatewaySettings gateway)
    {
        try
        {
            return rows.TryGetValue(gateway.Instance, out var row) && Open(row) is { } settings && settings.AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(gateway));
        }
        catch (UnknownKeyException)
        {
            return false;
        }
    }

    /// <summary>Seals what an earlier version left readable, and seals again what an older key had sealed.</summary>
    /// <exception cref="CannotStartException">One is sealed with a key that this process does not have.</exception>
    public async Task<SealedAnew> SealAllAsync(CancellationToken cancellation)
    {
        var count = new SealedAnew(0, 0, 0);
        foreach (var row in await RowsAsync(cancellation))
            if (Read(row) is not { } settings)
                count = count with { Stuck = count.Stuck + 1 };
            else if (row.Sealed is not null && box.IsCurrent(row.Sealed))
                count = count with { Before = count.Before + 1 };
            else
                count = count with { Anew = count.Anew + await SealAsync(row, settings, cancellation) };
        return count;

        byte[]? Read(Row row)
        {
            try
            {
                return Open(row);
            }
            catch (UnknownKeyException exception)
            {
                throw new CannotStartException($"gateway '{row.Instance}' of store '{row.Store}' cannot be read: {exception.Message}");
            }
        }
    }

    /// <returns>0 where somebody else changed the row meanwhile, with the bundle or the same key.</returns>
    private Task<int> SealAsync(Row row, byte[] settings, CancellationToken cancellation) => database.InTransactionAsync(transaction => transaction.ExecuteAsync(
        """
        update gateways set settings = '', sealed = @sealed
        where store_id = @store and instance_id = @instance and settings = @before and (sealed is null or sealed = @sealed_before)
        """, cancellation, ("store", row.Store), ("instance", row.Instance), ("before", row.Settings), ("sealed_before", row.Sealed ?? []),
        ("sealed", box.Seal(PlaceOf(row.Store, row.Instance), settings))), cancellation);

    /// <summary>All that can be used, in the order of the bundle. What does not open is left out, and said.</summary>
    /// <exception cref="UnknownKeyException">A replica has sealed one with a key that this process does not have.</exception>
    public async Task<List<(string Store, GatewaySettings Settings)>> OpenAllAsync(CancellationToken cancellation)
    {
        var open = new List<(string, GatewaySettings)>();
        foreach (var row in await RowsAsync(cancellation))
            if (Open(row) is { } settings)
                open.Add((row.Store, JsonSerializer.Deserialize<GatewaySettings>(settings)!));
        return open;
    }

    private Task<List<Row>> RowsAsync(CancellationToken cancellation) => database.QueryAsync(
        "select store_id, instance_id, settings, sealed from gateways order by store_id, position",
        row => new Row(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3)), cancellation);

    private byte[]? Open(Row row)
    {
        try
        {
            return row.Sealed is null ? System.Text.Encoding.UTF8.GetBytes(row.Settings) : box.Open(PlaceOf(row.Store, row.Instance), row.Sealed);
        }
        catch (CryptographicException)
        {
            log.LogError("Gateway {Instance} of store {Store} does not open and is not used: the row was changed, or copied from elsewhere", row.Instance, row.Store);
            return null;
        }
    }

    private static SecretPlace PlaceOf(string store, string instance) => new(store, "gateway", instance);
}
