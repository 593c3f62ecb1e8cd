using System.Collections.Frozen;
using System.Data.Common;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Recado.Platform.Bootstrap;
using Recado.Platform.Data;
using Recado.Platform.Hosting;

namespace Recado.Platform.Credentials;

/// <summary>
/// Finds the store by the token that was shown. A store may have several tokens for the same source at once: while one is
/// exchanged for another both are good, and the old one ends by itself (<c>notAfter</c>) or when it has left the bundle.
/// </summary>
public abstract class CredentialBook(Database database, BootstrapBundle bundle, TimeProvider time, ILogger log)
    : Snapshot<FrozenDictionary<string, Credential>>(log)
{
    /// <summary>The credential for a request, or null: unknown, not yet or no longer good, of another source, or a demo token from another machine.</summary>
    /// <param name="token">As the sender showed it; null and empty are never good.</param>
    /// <param name="sources">Which sources the route takes.</param>
    public Credential? Find(HttpContext http, string? token, params ReadOnlySpan<string> sources)
    {
        // Looked up by its SHA-256, so neither the time nor the place of a mismatch tells anything about the token: there is
        // nothing to compare it with, and what is kept opens no door.
        if (string.IsNullOrEmpty(token) || token.Length > 512 || !Current.TryGetValue(BundledCredential.Hash(token), out var credential))
            return null;
        if (!sources.Contains(credential.Source) || !credential.IsGoodAt(time.GetUtcNow()))
            return null;
        return credential.Demo && http.Connection.LocalIpAddress is { } address && !IPAddress.IsLoopback(address) ? null : credential;
    }

    /// <summary>The token of an Authorization header, with or without <c>Bearer</c>; null when there is none or more than one.</summary>
    public static string? TokenOf(HttpRequest request, bool bearerOnly)
    {
        if (request.Headers.Authorization is not [{ } value])
            return null;
        if (value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return value["Bearer ".Length..].Trim();
        return bearerOnly ? null : value.Trim();
    }

    /// <summary>The signing of a credential as it is stored. Null in a service that checks no signatures: it keeps no secret that it does not need.</summary>
    protected virtual byte[]? Seal(string store, string tokenSha256, Signing signing) => null;

    /// <summary>The signing that was stored.</summary>
    protected virtual Signing? Open(string store, string tokenSha256, byte[] stored) => null;

    /// <inheritdoc/>
    protected override async Task ImportAsync(CancellationToken cancellation)
    {
        var stores = bundle.Stores<BundledStore>().Where(store => store.Credentials is not null).ToList();
        var credentials = stores.SelectMany(store => store.Credentials!.Select(each => each.Read(store.Id))).ToList();
        if (credentials.CountBy(each => each.Hash).FirstOrDefault(pair => pair.Value > 1) is { Key: not null } twice)
            throw new CannotStartException($"the bundle gives one token twice (store '{credentials.First(each => each.Hash == twice.Key).Credential.StoreId}'): a token opens one store for one source.");
        await database.InTransactionAsync(async transaction =>
        {
            foreach (var store in stores)
                await transaction.ExecuteAsync("delete from credentials where store_id = @store", cancellation, ("store", store.Id));
            // A token that moved from a store which is no longer in the bundle moves here too.
            transaction.WriteEach(
                """
                insert into credentials (token_sha256, store_id, source, channel, demo, not_before, not_after, signing)
                values (@hash, @store, @source, @channel, @demo, @not_before, @not_after, @signing)
                on conflict (token_sha256) do update set store_id = excluded.store_id, source = excluded.source, channel = excluded.channel, demo = excluded.demo,
                    not_before = excluded.not_before, not_after = excluded.not_after, signing = excluded.signing
                """,
                credentials, each => RowOf(each.Hash, each.Credential));
        }, cancellation);
    }

    private (string, object?)[] RowOf(string hash, Credential credential) =>
    [
        ("hash", hash), ("store", credential.StoreId), ("source", credential.Source), ("channel", credential.Channel), ("demo", credential.Demo),
        ("not_before", credential.NotBefore), ("not_after", credential.NotAfter),
        ("signing", credential.Signing is null ? null : Seal(credential.StoreId, hash, credential.Signing)),
    ];

    /// <inheritdoc/>
    protected override async Task<FrozenDictionary<string, Credential>> LoadAsync(CancellationToken cancellation)
    {
        var rows = await database.QueryAsync("select token_sha256, store_id, source, channel, demo, not_before, not_after, signing from credentials", MapRow, cancellation);
        return rows.ToFrozenDictionary(row => row.Hash, row => row.Credential);
    }

    private (string Hash, Credential Credential) MapRow(DbDataReader row)
    {
        var (hash, store) = (row.GetString(0), row.GetString(1));
        return (hash, new(store, row.GetString(2), row.GetStringOrNull(3), row.GetBoolean(4), row.GetOrNull<DateTimeOffset>(5), row.GetOrNull<DateTimeOffset>(6),
            row.IsDBNull(7) ? null : Open(store, hash, row.GetFieldValue<byte[]>(7))));
    }
}
