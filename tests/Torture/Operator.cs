using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;
using Recado.Contracts;
using Recado.Tests.Torture.Traffic;

namespace Recado.Tests.Torture;

/// <summary>
/// A person who looks after the quarantine: every few seconds some webhook in it has become understandable, as after a new
/// version of the Normalizer, and is replayed over HTTP. The new version is played by mending the stored bytes.
/// </summary>
public sealed class Operator(World world, CancellationToken closing)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private Task? working;

    public void Start() => working = WorkAsync();

    /// <summary>Returns when the last replay is done; ask for the end first.</summary>
    public Task FinishAsync() => working ?? Task.CompletedTask;

    private async Task WorkAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                await ReplayOneAsync();
            }
            catch (Exception exception) when (exception is NpgsqlException or HttpRequestException or OperationCanceledException)
            {
                // the database or the Normalizer is away: later
            }
            await Task.Delay(Every, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReplayOneAsync()
    {
        await using var connection = await world.ConnectAsync(closing);
        await using var find = new NpgsqlCommand("select webhook_id, store_id, webhook from normalizer.quarantine where replayed_at is null order by received_at limit 1", connection);
        var (id, store, stored) = (Guid.Empty, "", Array.Empty<byte>());
        await using (var reader = await find.ExecuteReaderAsync(closing))
        {
            if (!await reader.ReadAsync(closing))
                return;
            (id, store, stored) = (reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2));
        }
        await using var mend = new NpgsqlCommand("update normalizer.quarantine set webhook = @webhook where webhook_id = @id", connection);
        mend.Parameters.AddWithValue("webhook", Mended(stored));
        mend.Parameters.AddWithValue("id", id);
        await mend.ExecuteNonQueryAsync(closing);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/quarantine/replay") { Content = JsonContent.Create(new { ids = new[] { id } }) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Store.All.Single(each => each.Id == store).EventsKey}");
        using var response = await world.Processes["Normalizer"].Http.SendAsync(request, closing);
    }

    private static byte[] Mended(byte[] stored)
    {
        var webhook = JsonSerializer.Deserialize(stored, ContractsJson.Default.WebhookReceived)!;
        var body = Encoding.UTF8.GetString(webhook.Body).Replace("\"mystery\"", "\"credit_card_declined\"", StringComparison.Ordinal);
        return JsonSerializer.SerializeToUtf8Bytes(webhook with { Body = Encoding.UTF8.GetBytes(body) }, ContractsJson.Default.WebhookReceived);
    }
}
