using System.Collections.Frozen;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Recado.Platform.Bootstrap;
using Recado.Platform.Data;
using Recado.Platform.Hosting;

namespace Recado.Platform.Credentials;

/// <summary>Finds the store by the token that was shown.</summary>
public abstract class CredentialBook(Database database, BootstrapBundle bundle, ILogger log) : Snapshot<FrozenDictionary<string, Credential>>(log)
{
    private sealed record BundledStore(string Id, IReadOnlyList<BundledCredential>? Credentials = null);

    private sealed record BundledCredential(string Source, string? Token = null, string? TokenSha256 = null, string? Channel = null, bool Demo = false);

    /// <summary>The credential for a request, or null: unknown, of another source, or a demo token from another machine.</summary>
    /// <param name="token">As the sender showed it; null and empty are never good.</param>
    /// <param name="sources">Which sources the route takes.</param>
    public Credential? Find(HttpContext http, string? token, params ReadOnlySpan<string> sources)
    {
        // Looked up by its SHA-256, so neither the time nor the place of a mismatch tells anything about the token.
        if (string.IsNullOrEmpty(token) || token.Length > 512 || !Current.TryGetValue(Hash(token), out var credential))
            return null;
        if (!sources.Contains(credential.Source))
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

    /// <inheritdoc/>
    protected override async Task ImportAsync(CancellationToken cancellation)
    {
        var stores = bundle.Stores<BundledStore>().Where(store => store.Credentials is not null).ToList();
        var credentials = stores.SelectMany(store => store.Credentials!.Select(each => (Hash: HashOf(store.Id, each), Store: store.Id, Credential: each))).ToList();
        if (credentials.CountBy(each => each.Hash).FirstOrDefault(pair => pair.Value > 1) is { Key: not null } twice)
            throw new CannotStartException($"the bundle gives one token twice (store '{credentials.First(each => each.Hash == twice.Key).Store}'): a token opens one store for one source.");
        await database.InTransactionAsync(async transaction =>
        {
            foreach (var store in stores)
                await transaction.ExecuteAsync("delete from credentials where store_id = @store", cancellation, ("store", store.Id));
            // A token that moved from a store which is no longer in the bundle moves here too.
            await transaction.ExecuteManyAsync(
                """
                insert into credentials (token_sha256, store_id, source, channel, demo) values (@hash, @store, @source, @channel, @demo)
                on conflict (token_sha256) do update set store_id = excluded.store_id, source = excluded.source, channel = excluded.channel, demo = excluded.demo
                """,
                credentials,
                each => [("hash", each.Hash), ("store", each.Store), ("source", each.Credential.Source), ("channel", each.Credential.Channel), ("demo", each.Credential.Demo)],
                cancellation);
        }, cancellation);
    }

    /// <inheritdoc/>
    protected override async Task<FrozenDictionary<string, Credential>> LoadAsync(CancellationToken cancellation)
    {
        var rows = await database.QueryAsync("select token_sha256, store_id, source, channel, demo from credentials",
            row => (Hash: row.GetString(0), Credential: new Credential(row.GetString(1), row.GetString(2), row.GetStringOrNull(3), row.GetBoolean(4))), cancellation);
        return rows.ToFrozenDictionary(row => row.Hash, row => row.Credential);
    }

    private static string HashOf(string store, BundledCredential credential) => credential switch
    {
        { TokenSha256: { Length: 64 } hash } => hash.ToLowerInvariant(),
        { Token: { Length: > 0 } token } => Hash(token),
        _ => throw new CannotStartException($"a '{credential.Source}' credential of store '{store}' in the bundle has neither token nor tokenSha256."),
    };

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
