using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;
using Recado.Tests.Benchmarks.Traffic;
using static Recado.Tests.Benchmarks.Bare.Statements;

namespace Recado.Tests.Benchmarks.Bare.Stages;

/// <summary>
/// Sends each message once: "sending" is committed before its first byte leaves, and what came of it is written in batches.
/// The next ones are armed while the last ones are under way, so a death leaves at most 64 uncertain.
/// </summary>
public sealed class Sending
{
    /// <summary>Sends under way at once, and connections to the gateway that are worth having.</summary>
    public const int Hands = 32;
    private const string Text = "Oi, Maria Santos. O pagamento da sua compra em Loja Medida, no valor de R$ 59,90, não foi aprovado.\\n\\nVocê pode tentar de novo, com o mesmo ou com outro meio de pagamento:\\nhttps://checkout.exemplo.com/retry/1\\n\\nPrecisando de ajuda, responda esta mensagem.";
    private static readonly string Content = JsonSerializer.Serialize(new { Kind = "text", Text, Buttons = Array.Empty<string>() });

    private readonly Stage queueing;
    private readonly HttpClient http;
    private readonly Batches<Slip> arming;
    private readonly Batches<(Slip Slip, string GatewayMessage)> recording;
    private Task underWay = Task.CompletedTask;

    public Sending(Stage queueing, NpgsqlConnection armer, Stage recorder, HttpClient gateway)
    {
        (this.queueing, http) = (queueing, gateway);
        recording = new(500, sent => RecordAsync(recorder, sent));
        arming = new(Hands, async slips =>
        {
            var armed = await ArmAsync(armer, slips);
            await underWay;
            underWay = Task.WhenAll(armed.ConvertAll(SendAsync));
        });
    }

    /// <summary>After the death of a process: what it left at "sending" is uncertain, what still waited is sent.</summary>
    public async Task TakeUpAsync(NpgsqlConnection connection)
    {
        await new Statements(connection)
            .Add("update whatsapp_dispatcher.messages set status = 'uncertain', lease_until = null where status in ('claimed', 'sending')").ExecuteAsync();
        await using var command = new NpgsqlCommand("select message_id, event_id, recipient from whatsapp_dispatcher.messages where status = 'waiting' order by due_at", connection);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            arming.Add(new(row.GetGuid(0), row.GetGuid(1), 0, row.GetString(2)));
    }

    public async Task HandleAsync(List<Slip> slips)
    {
        await queueing.HandleAsync(Hop.MessageRendered, slips, statements => statements.Add(
            """
            insert into whatsapp_dispatcher.messages (message_id, store_id, instance_id, journey_id, event_id, recipient, content, fingerprint, status, attempt,
                due_at, expires_at, created_at, updated_at)
            select id, $4, $5, event, event, phone, $6, $7, 'waiting', 0, $8, $8 + interval '1 day', $8, $8
            from unnest($1::uuid[], $2::uuid[], $3::text[]) row (id, event, phone) on conflict do nothing
            """, Rows(slips, slip => slip.Id), Rows(slips, slip => slip.Event), Rows(slips, slip => slip.Text), One(Shop.Id), One(Shop.Instance), One(Content), One(new string('f', 64)), Now), []);
        slips.ForEach(arming.Add);
    }

    // Two versions of the row, as in the suite: claimed with a lease, sending. Only who armed a message may send it: after a
    // death it may be here twice, from its row and from the queue.
    private static async Task<List<Slip>> ArmAsync(NpgsqlConnection connection, List<Slip> slips)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("update whatsapp_dispatcher.messages set status = 'claimed', claim = $2, lease_until = $3::timestamptz + interval '1 minute', updated_at = $3 where message_id = any($1) and status = 'waiting'")
        {
            Parameters = { Rows(slips, slip => slip.Id), One(Guid.CreateVersion7()), Now },
        });
        batch.BatchCommands.Add(new("update whatsapp_dispatcher.messages set status = 'sending', armed_at = $2, updated_at = $2 where message_id = any($1) and status = 'claimed' returning message_id")
        {
            Parameters = { Rows(slips, slip => slip.Id), Now },
        });
        await using var row = await batch.ExecuteReaderAsync();
        var armed = new HashSet<Guid>();
        while (await row.ReadAsync())
            armed.Add(row.GetGuid(0));
        return slips.FindAll(slip => armed.Remove(slip.Id));
    }

    private async Task SendAsync(Slip slip)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/instances/{Shop.Instance}/token/{Shop.GatewayToken}/send-text");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"phone":"{{slip.Text}}","message":"{{Text}}"}"""));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Client-Token", Shop.ClientToken);
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        recording.Add((slip, answer.RootElement.GetProperty("messageId").GetString()!));
    }

    private static Task RecordAsync(Stage stage, List<(Slip Slip, string GatewayMessage)> sent) => stage.CommitAsync(statements => statements.Add(
        """
        update whatsapp_dispatcher.messages set status = 'sent', gateway_message_id = row.gateway, lease_until = null, told_at = $3, updated_at = $3
        from unnest($1::uuid[], $2::text[]) row (id, gateway) where message_id = row.id and status = 'sending'
        """, Rows(sent, each => each.Slip.Id), Rows(sent, each => each.GatewayMessage), Now),
        sent.ConvertAll(each => OutboxRow.Of(Hop.StatusChanged, new(each.Slip.Next(30), each.Slip.Event, Status.Sent, each.GatewayMessage))));
}
