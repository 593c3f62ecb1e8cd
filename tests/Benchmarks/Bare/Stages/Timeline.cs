using Recado.Tests.Benchmarks.Traffic;
using static Recado.Tests.Benchmarks.Bare.Statements;

namespace Recado.Tests.Benchmarks.Bare.Stages;

/// <summary>One entry of an event's timeline.</summary>
public sealed record TimelineRow(Guid Id, Guid Event, string What, string? GatewayMessage = null);

/// <summary>Adds entries.</summary>
public static class Timeline
{
    public static void Add(Statements statements, IReadOnlyList<TimelineRow> rows) => statements.Add(
        """
        insert into automation_matcher.timeline (entry_id, store_id, event_id, at, recorded_at, what, automation_id, message_id, gateway_message_id, trace_id)
        select id, $5, event, $6, $6, what, 'cart', event, gateway, replace(id::text, '-', '')
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) row (id, event, what, gateway) on conflict do nothing
        """,
        Rows(rows, row => row.Id), Rows(rows, row => row.Event), Rows(rows, row => row.What), Rows(rows, row => row.GatewayMessage), One(Shop.Id), Now);
}
