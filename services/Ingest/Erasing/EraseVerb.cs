using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.Erasing;
using Recado.Platform.Hosting;

namespace Recado.Ingest.Erasing;

/// <summary>
/// Finds a person in the bodies themselves, where no service has understood whom they are about: callbacks of the gateway,
/// what is in quarantine. Reads every body of the store, a few at a time, and may be run again at any time.
/// </summary>
internal static class EraseVerb
{
    private const int Page = 100; // bodies of up to half a megabyte each

    public static readonly Verb Verb = new("erase", ErasureRequest.Usage,
        "Forgets a person (LGPD, art. 18): here every body in which the phone, e-mail or document stands, also those that were never understood.", RunAsync);

    private sealed record Row(Guid WebhookId, DateTimeOffset ReceivedAt, byte[] Body);

    private static async Task RunAsync(IServiceProvider services, VerbLine line)
    {
        var request = ErasureRequest.Read(line);
        var marks = new PersonMarks(request.Keys);
        if (marks.IsEmpty)
        {
            Console.WriteLine("ingest: bodies are searched by phone, e-mail and document, and none was given: nothing erased here");
            return;
        }
        var database = services.GetRequiredService<IngestDatabase>();
        var (looked, found, at, last) = (0, 0, DateTimeOffset.UnixEpoch, Guid.Empty);
        while (await ReadAsync(database, request.Store, at, last) is { Count: > 0 } rows)
        {
            Guid[] theirs = [.. rows.Where(row => marks.AreIn(row.Body)).Select(row => row.WebhookId)];
            if (theirs.Length > 0 && !request.OnlyCount)
                await EraseAsync(database, request.Store, theirs, services.GetRequiredService<TimeProvider>().GetUtcNow());
            (looked, found, at, last) = (looked + rows.Count, found + theirs.Length, rows[^1].ReceivedAt, rows[^1].WebhookId);
        }
        Console.WriteLine($"ingest: {(request.OnlyCount ? "would erase" : "erased")} the bodies of {found} of {looked} webhooks of the store '{request.Store}'");
    }

    private static Task<List<Row>> ReadAsync(IngestDatabase database, string store, DateTimeOffset at, Guid last) => database.Of(store).QueryAsync(
        $"""
        select webhook_id, received_at, body from webhooks
        where store_id = @store and (received_at, webhook_id) > (@at, @last) and length(body) > 0
        order by received_at, webhook_id limit {Page}
        """,
        row => new Row(row.GetGuid(0), row.GetTime(1), row.GetFieldValue<byte[]>(2)), CancellationToken.None, ("store", store), ("at", at), ("last", last));

    /// <summary>The others forget what came of these, above all the Normalizer, which keeps its own copy of what it did not understand.</summary>
    private static Task<bool> EraseAsync(IngestDatabase database, string store, Guid[] webhooks, DateTimeOffset now) => database.Of(store).InTransactionAsync(async transaction =>
    {
        EraseWebhooks.Empty(store, webhooks, transaction);
        await ErasedMessages.RemoveAsync(webhooks, transaction, CancellationToken.None);
        transaction.Publish(new PersonErased { ErasureId = Guid.CreateVersion7(now), StoreId = store, WebhookIds = webhooks, EventIds = [], MessageIds = [], ErasedAt = now }, default);
        return true;
    }, CancellationToken.None);
}
