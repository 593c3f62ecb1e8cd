using Npgsql;
using static Recado.Tests.Benchmarks.Bare.Statements;

namespace Recado.Tests.Benchmarks.Bare.Stages;

/// <summary>What one worker needs: a connection, the name of its schema, and that schema's outbox.</summary>
public sealed record Stage(NpgsqlConnection Connection, string Schema, BareOutbox Outbox)
{
    /// <summary>
    /// One transaction, one round trip: claims the messages in the inbox, writes what they change, and what they cause into
    /// the outbox. All ids follow from the message's own, so handling one twice changes nothing, and what it publishes again
    /// is dropped in the next inbox.
    /// </summary>
    public Task HandleAsync(Hop from, IReadOnlyList<Slip> slips, Action<Statements> write, IReadOnlyList<OutboxRow> causes) => CommitAsync(
        statements =>
        {
            statements.Add($"insert into {Schema}.inbox (queue, message_id, handled_at) select $1, id, $3 from unnest($2::uuid[]) id on conflict do nothing",
                One(from.Queue), Rows(slips, slip => slip.Id), Now);
            write(statements);
        }, causes);

    /// <summary>The same for what does not come from a queue.</summary>
    public async Task CommitAsync(Action<Statements> write, IReadOnlyList<OutboxRow> causes)
    {
        var statements = new Statements(Connection);
        write(statements);
        if (causes.Count > 0)
            Outbox.Write(statements, causes);
        await statements.ExecuteAsync();
        Outbox.Committed(causes);
    }
}
