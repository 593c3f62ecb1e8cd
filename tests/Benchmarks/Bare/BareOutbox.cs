using Npgsql;
using static Recado.Tests.Benchmarks.Bare.Statements;

namespace Recado.Tests.Benchmarks.Bare;

/// <summary>A message that waits in the outbox.</summary>
public sealed record OutboxRow(Guid Id, Guid MessageId, Hop Hop, byte[] Body)
{
    public static OutboxRow Of(Hop hop, Slip slip) => new(Guid.CreateVersion7(), slip.Id, hop, slip.ToBytes(hop.Bytes));
}

/// <summary>
/// The outbox of one schema. Rows are written in the transaction that causes them and published from memory after it, with
/// no read in between; confirmed ones are marked in batches while the next ones are published. Nothing is lost by a crash:
/// at the start, and every five seconds, rows that are not marked are read and published (again).
/// </summary>
public sealed class BareOutbox
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly string schema;
    private readonly Batches<OutboxRow> publishing;
    private readonly NpgsqlConnection looking;

    private BareOutbox(string schema, BarePublisher publisher, NpgsqlConnection marking, NpgsqlConnection looking)
    {
        (this.schema, this.looking) = (schema, looking);
        var marks = new Batches<OutboxRow>(1000, rows => MarkAsync(marking, rows));
        publishing = new(500, async rows =>
        {
            await publisher.PublishAsync(rows);
            rows.ForEach(marks.Add);
        });
    }

    public static async Task<BareOutbox> OpenAsync(string schema, BareBroker broker, BareDatabase database)
    {
        var outbox = new BareOutbox(schema, await broker.PublisherAsync(), await database.ConnectAsync(), await database.ConnectAsync());
        _ = outbox.LookForForgottenAsync();
        return outbox;
    }

    /// <summary>Adds the rows to a transaction.</summary>
    public void Write(Statements statements, IReadOnlyList<OutboxRow> rows) => statements.Add(
        $"""
        insert into {schema}.outbox (id, message_id, wire_name, body, trace, created_at, due_at)
        select id, message_id, wire_name, body, null, $5, $5 from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[]) row (id, message_id, wire_name, body)
        """,
        Rows(rows, row => row.Id), Rows(rows, row => row.MessageId), Rows(rows, row => row.Hop.WireName), Rows(rows, row => row.Body), Now);

    /// <summary>After the commit.</summary>
    public void Committed(IReadOnlyList<OutboxRow> rows)
    {
        foreach (var row in rows)
            publishing.Add(row);
    }

    private Task MarkAsync(NpgsqlConnection connection, List<OutboxRow> rows) =>
        new Statements(connection).Add($"update {schema}.outbox set sent_at = $2 where id = any($1)", Rows(rows, row => row.Id), Now).ExecuteAsync();

    private async Task LookForForgottenAsync()
    {
        while (true)
        {
            Committed(await ForgottenAsync());
            await Task.Delay(Interval);
        }
    }

    private async Task<List<OutboxRow>> ForgottenAsync()
    {
        await using var command = new NpgsqlCommand(
            $"select id, message_id, wire_name, body from {schema}.outbox where sent_at is null and created_at < now() - interval '10 s' order by due_at, id limit 500", looking);
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<OutboxRow>();
        while (await row.ReadAsync())
            rows.Add(new(row.GetGuid(0), row.GetGuid(1), Hop.All.Single(hop => hop.WireName == row.GetString(2)), row.GetFieldValue<byte[]>(3)));
        return rows;
    }
}
