using System.Diagnostics;
using Npgsql;
using Recado.Tests.Benchmarks.Traffic;
using static Recado.Tests.Benchmarks.Bare.Statements;

namespace Recado.Tests.Benchmarks.Bare.Stages;

/// <summary>Moves messages forward as the gateway reports, and tells of every step that is news.</summary>
public static class Receipts
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Then it is of a send that a dead process did not record.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task HandleAsync(Stage stage, List<Slip> slips)
    {
        // A receipt may be faster than the record of its send: the batch waits for it, as nothing else waits for the batch.
        var clock = Stopwatch.StartNew();
        var eventOf = await EventsOfAsync(stage.Connection, slips);
        while (slips.Exists(slip => !eventOf.ContainsKey(slip.Text)) && clock.Elapsed < Patience)
        {
            await Task.Delay(Pause);
            eventOf = await EventsOfAsync(stage.Connection, slips);
        }
        var known = slips.FindAll(slip => eventOf.ContainsKey(slip.Text));
        await stage.HandleAsync(Hop.GatewayReceipt, slips, statements =>
        {
            Advance(statements, known);
            if (known.Count < slips.Count)
                Park(statements, slips.FindAll(slip => !eventOf.ContainsKey(slip.Text)));
        }, [.. known.Where(slip => slip.Number > Status.Sent).Select(slip => OutboxRow.Of(Hop.StatusChanged, slip with { Id = slip.Next(40), Event = eventOf[slip.Text] }))]);
    }

    private static void Advance(Statements statements, List<Slip> slips)
    {
        var furthest = slips.GroupBy(slip => slip.Text).Select(group => (GatewayMessage: group.Key, Status: Status.Names[group.Max(slip => slip.Number)])).ToList();
        statements.Add(
            """
            update whatsapp_dispatcher.messages set status = case when messages.status = 'read' then 'read' else row.status end, told_at = $3, updated_at = $3
            from unnest($1::text[], $2::text[]) row (gateway, status)
            where store_id = $4 and instance_id = $5 and gateway_message_id = row.gateway
            """, Rows(furthest, each => each.GatewayMessage), Rows(furthest, each => each.Status), Now, One(Shop.Id), One(Shop.Instance));
    }

    private static void Park(Statements statements, List<Slip> slips) => statements.Add(
        """
        insert into whatsapp_dispatcher.parked_receipts (receipt_id, store_id, instance_id, gateway_message_id, body, parked_at)
        select id, $4, $5, gateway, '', $3 from unnest($1::uuid[], $2::text[]) row (id, gateway) on conflict do nothing
        """, Rows(slips, slip => slip.Id), Rows(slips, slip => slip.Text), Now, One(Shop.Id), One(Shop.Instance));

    private static async Task<Dictionary<string, Guid>> EventsOfAsync(NpgsqlConnection connection, List<Slip> slips)
    {
        await using var command = new NpgsqlCommand(
            "select gateway_message_id, event_id from whatsapp_dispatcher.messages where store_id = $2 and instance_id = $3 and gateway_message_id = any($1)", connection);
        command.Parameters.AddRange((NpgsqlParameter[])[Rows(slips, slip => slip.Text), One(Shop.Id), One(Shop.Instance)]);
        await using var row = await command.ExecuteReaderAsync();
        var events = new Dictionary<string, Guid>();
        while (await row.ReadAsync())
            events[row.GetString(0)] = row.GetGuid(1);
        return events;
    }
}
