using System.Security.Cryptography;
using Recado.Tests.Benchmarks.Traffic;
using static Recado.Tests.Benchmarks.Bare.Statements;

namespace Recado.Tests.Benchmarks.Bare.Stages;

/// <summary>Takes what came over HTTP: key, raw bytes and message in one transaction, shared by all that arrive together.</summary>
public sealed class Intake
{
    /// <summary>The number of a slip that says that it is a callback of the gateway.</summary>
    public const byte Callback = 1;

    private sealed record Arrived(Slip Slip, byte[] Body, string Hash, TaskCompletionSource Done);

    private readonly Batches<Arrived>[] workers;
    private int turn;

    /// <param name="stages">One for each worker: while one commits the other one fills.</param>
    public Intake(params Stage[] stages) => workers = [.. stages.Select(stage => new Batches<Arrived>(200, batch => StoreAsync(stage, batch)))];

    /// <summary>Returns when it is committed.</summary>
    public Task TakeAsync(byte[] body, bool callback)
    {
        var hash = SHA256.HashData(body);
        var id = new Guid(hash.AsSpan(0, 16));
        var arrived = new Arrived(new(id, id, callback ? Callback : (byte)0, "", body), body, Convert.ToHexStringLower(hash), new(TaskCreationOptions.RunContinuationsAsynchronously));
        workers[(uint)Interlocked.Increment(ref turn) % workers.Length].Add(arrived);
        return arrived.Done.Task;
    }

    private static async Task StoreAsync(Stage stage, List<Arrived> batch)
    {
        await stage.CommitAsync(statements => statements
            .Add("""
                insert into ingest.idempotency_keys (key, claim, webhook_id, body_sha256, expires_at)
                select id, id, id, hash, $3::timestamptz + interval '30 days' from unnest($1::uuid[], $2::text[]) row (id, hash) on conflict do nothing
                """, Rows(batch, each => each.Slip.Id), Rows(batch, each => each.Hash), Now)
            .Add("""
                insert into ingest.webhooks (webhook_id, store_id, source, received_at, body)
                select id, $3, $4, $5, body from unnest($1::uuid[], $2::bytea[]) row (id, body) on conflict do nothing
                """, Rows(batch, each => each.Slip.Id), Rows(batch, each => each.Body), One(Shop.Id), One("bare"), Now),
            batch.ConvertAll(each => OutboxRow.Of(Hop.WebhookReceived, each.Slip)));
        foreach (var each in batch)
            each.Done.SetResult();
    }
}
