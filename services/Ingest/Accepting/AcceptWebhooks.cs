using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Recado.Contracts;
using Recado.Platform.Batching;
using Recado.Platform.Data;
using Recado.Platform.Faults;
using Recado.Platform.Telemetry;

namespace Recado.Ingest.Accepting;

/// <summary>
/// Stores webhooks: key, raw bytes and the message to the Normalizer in one transaction. Those that arrive together
/// share a commit; each is answered only after it.
/// </summary>
public sealed class AcceptWebhooks : IAsyncDisposable
{
    private const int LargestCommit = 200;

    // Under load at most a hundred commits per second; the sender waits for his.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private sealed record Claim(Guid Id, Guid Key, Guid WebhookId, string BodyHash, Incoming Webhook);

    private sealed record Holder(Guid Claim, Guid WebhookId, string BodyHash);

    private readonly BatchQueue<Incoming, Accepted> _batches;
    private readonly IngestOptions _options;

    public AcceptWebhooks(IngestDatabase database, IOptions<IngestOptions> options)
    {
        _options = options.Value;
        _batches = new(LargestCommit, workers: 1, _options.MaxWaiting,
            (webhooks, cancellation) => StoreAsync(webhooks, database, cancellation),
            Pace, laneOf: webhook => webhook.StoreId); // a store that floods us waits behind itself
    }

    /// <summary>Returns when the webhook is committed.</summary>
    /// <exception cref="TimeoutException">The commit takes too long; it may still come about.</exception>
    public Task<Accepted> AcceptAsync(Incoming webhook) => _batches.EnqueueAsync(webhook).WaitAsync(_options.CommitTimeout);

    /// <summary>
    /// Returns when all are committed, as many at a time as one commit takes: a long list never has more places in the
    /// queue. If it fails, some may be committed.
    /// </summary>
    public async Task<IReadOnlyList<Accepted>> AcceptAllAsync(IReadOnlyList<Incoming> webhooks)
    {
        var accepted = new List<Accepted>(webhooks.Count);
        foreach (var together in webhooks.Chunk(Math.Clamp(_options.MaxWaiting / 2, 1, LargestCommit)))
            accepted.AddRange(await Task.WhenAll(together.Select(_batches.EnqueueAsync)).WaitAsync(_options.CommitTimeout));
        return accepted;
    }

    private static async Task<IReadOnlyList<Accepted>> StoreAsync(IReadOnlyList<Incoming> webhooks, IngestDatabase database, CancellationToken cancellation)
    {
        using var span = Spans.StartBatch("store webhooks", webhooks, webhook => webhook.Trace);
        try
        {
            return await database.InTransactionAsync(transaction => StoreAsync(webhooks, transaction, cancellation), cancellation);
        }
        catch (Exception exception) when (span is not null)
        {
            span.Fail(exception);
            throw;
        }
    }

    private static async Task<IReadOnlyList<Accepted>> StoreAsync(IReadOnlyList<Incoming> webhooks, Transaction transaction, CancellationToken cancellation)
    {
        // In the order of their keys, so that two replicas never wait for each other crosswise.
        var claims = webhooks.Select(ClaimOf).ToList();
        var ordered = claims.OrderBy(claim => claim.Key).ToList();
#if FAULTS
        var seen = PlantedBugs.CheckThenInsert ? await HoldersAsync(ordered, transaction, cancellation) : [];
#endif
        var holders = await ClaimKeysAsync(ordered, transaction, cancellation);
#if FAULTS
        if (PlantedBugs.CheckThenInsert) // whoever does not see a committed key believes to be the first
            holders = claims.GroupBy(claim => claim.Key).ToDictionary(group => group.Key, group => seen.GetValueOrDefault(group.Key) ?? new Holder(group.First().Id, group.First().WebhookId, group.First().BodyHash));
#endif

        var results = claims.Select(claim => Decide(claim, holders[claim.Key])).ToList();
        var stored = claims.Zip(results).Where(pair => pair.Second.Store is not null).Select(pair => (pair.First, Row: pair.Second.Store!)).ToList();
        Insert([.. stored.Select(pair => pair.Row)], transaction);
        foreach (var (claim, row) in stored)
            transaction.Publish(row, claim.Webhook.Trace);
        Slide([.. claims.Zip(results).Where(pair => pair.First.Webhook.Key.Sliding && pair.Second.Answer.Outcome == Outcome.Repeat).Select(pair => pair.First).OrderBy(claim => claim.Key)], transaction);
        CrashPoints.Reach(CrashPoints.WebhookWritten);
        List<Accepted> answers = [.. results.Select(result => result.Answer)];
        transaction.OnCommitted(() => IngestMetrics.Count(webhooks, answers));
        return answers;
    }

    private static Claim ClaimOf(Incoming webhook)
    {
        var key = webhook.Key.Hash(webhook.StoreId, webhook.Source, webhook.Channel);
        var id = webhook.Key.Permanent
            ? WebhookIds.Lasting(key)
            : DeterministicId.Of(key.ToString(), webhook.ReceivedAt.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new(Guid.CreateVersion7(), key, id, Convert.ToHexStringLower(SHA256.HashData(webhook.Body)), webhook);
    }

    /// <summary>Takes the keys that are free, and says who holds each: one of these claims, or an earlier one.</summary>
    private static async Task<Dictionary<Guid, Holder>> ClaimKeysAsync(List<Claim> claims, Transaction transaction, CancellationToken cancellation)
    {
        var mine = await InsertKeysAsync(claims, transaction, cancellation);
        var taken = claims.Where(claim => !mine.ContainsKey(claim.Key)).ToList();
        if (taken.Count == 0)
            return mine; // as almost always: nothing was told before
        await transaction.ExecuteAsync("delete from idempotency_keys where key = any(@keys) and expires_at <= @now", cancellation,
            ("keys", taken.Select(claim => claim.Key).Distinct().ToArray()), ("now", claims.Max(claim => claim.Webhook.ReceivedAt)));
        // Whatever was deleted here: pruning may have been faster.
        await InsertKeysAsync(taken, transaction, cancellation);
        foreach (var (key, holder) in await HoldersAsync(taken, transaction, cancellation))
            mine.Add(key, holder);
        return mine;
    }

    private static async Task<Dictionary<Guid, Holder>> InsertKeysAsync(List<Claim> claims, Transaction transaction, CancellationToken cancellation)
    {
        var inserted = await transaction.QueryAsync(
            """
            insert into idempotency_keys (key, claim, webhook_id, body_sha256, expires_at)
            values (@key, @claim, @webhook_id, @body, @expires_at) on conflict do nothing
            returning key, claim, webhook_id, body_sha256
            """,
            new Columns<Claim>(claims)
            {
                { "key", claim => claim.Key }, { "claim", claim => claim.Id }, { "webhook_id", claim => claim.WebhookId }, { "body", claim => claim.BodyHash },
                { "expires_at", claim => claim.Webhook.ReceivedAt + claim.Webhook.Key.Window },
            },
            HolderOf, cancellation);
        return inserted.ToDictionary(row => row.Key, row => row.Holder);
    }

    private static (Guid Key, Holder Holder) HolderOf(DbDataReader row) => (row.GetGuid(0), new Holder(row.GetGuid(1), row.GetGuid(2), row.GetString(3)));

    private static async Task<Dictionary<Guid, Holder>> HoldersAsync(List<Claim> claims, Transaction transaction, CancellationToken cancellation)
    {
        var rows = await transaction.QueryAsync("select key, claim, webhook_id, body_sha256 from idempotency_keys where key = any(@keys)",
            HolderOf, cancellation,
            ("keys", claims.Select(claim => claim.Key).Distinct().ToArray()));
        return rows.ToDictionary(row => row.Key, row => row.Holder);
    }

    private static (Accepted Answer, WebhookReceived? Store) Decide(Claim claim, Holder holder)
    {
        if (holder.Claim == claim.Id)
            return (new(claim.WebhookId, Outcome.New), Message(claim, claim.WebhookId, conflictsWith: null));
        if (holder.BodyHash == claim.BodyHash || claim.Webhook.Key.OnOtherBody == OtherBody.IsRepeat)
            return (new(holder.WebhookId, Outcome.Repeat), null);
        if (claim.Webhook.Key.OnOtherBody == OtherBody.IsRefused)
            return (new(holder.WebhookId, Outcome.Conflict), null);
        return (new(holder.WebhookId, Outcome.Repeat), Message(claim, DeterministicId.Of(claim.Key.ToString(), claim.BodyHash), holder.WebhookId));
    }

    private static WebhookReceived Message(Claim claim, Guid id, Guid? conflictsWith) => new()
    {
        WebhookId = id,
        StoreId = claim.Webhook.StoreId,
        Source = claim.Webhook.Source,
        Channel = claim.Webhook.Channel,
        ReceivedAt = claim.Webhook.ReceivedAt,
        Body = claim.Webhook.Body,
        ConflictsWith = conflictsWith,
    };

    private static void Insert(List<WebhookReceived> webhooks, Transaction transaction) =>
        transaction.Write(
            """
            insert into webhooks (webhook_id, store_id, source, channel, received_at, body, conflicts_with)
            values (@id, @store, @source, @channel, @received_at, @body, @conflicts_with) on conflict do nothing
            """,
            new Columns<WebhookReceived>(webhooks)
            {
                { "id", webhook => webhook.WebhookId }, { "store", webhook => webhook.StoreId }, { "source", webhook => webhook.Source },
                { "channel", webhook => webhook.Channel }, { "received_at", webhook => webhook.ReceivedAt }, { "body", webhook => webhook.Body },
                { "conflicts_with", webhook => webhook.ConflictsWith },
            });

    // One after the other: their order is that of the keys.
    private static void Slide(List<Claim> repeats, Transaction transaction) =>
        transaction.WriteEach("update idempotency_keys set expires_at = @expires_at where key = @key", repeats,
            claim => [("key", claim.Key), ("expires_at", claim.Webhook.ReceivedAt + claim.Webhook.Key.Window)]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _batches.DisposeAsync();
}
