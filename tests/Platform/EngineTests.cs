using System.Data.Common;
using Recado.Platform.Data;

namespace Recado.Tests.Platform;

/// <summary>One SQL for both engines: what it may use means the same on each.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class EngineTests(Engine engine)
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 5).Select(i => new Guid($"0a0b0c0d-0000-7000-8000-00000000000{i}"))];
    private static readonly DateTimeOffset At = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private HostInProcess host = null!;

    private NotesDatabase Database => host.Get<NotesDatabase>();

    [OneTimeSetUp]
    public async Task FillAsync()
    {
        host = await HostInProcess.PrepareAsync(new NotesService(new Listener()), await FreshDatabase.CreateAsync(engine));
        await Database.InTransactionAsync(async transaction =>
        {
            await transaction.ExecuteAsync(
                "create table things (id uuid primary key, name text not null, at timestamptz, body bytea, flag boolean not null, amount integer not null)", default);
            transaction.WriteEach("insert into things (id, name, at, body, flag, amount) values (@id, @name, @at, @body, @flag, @amount)", Ids.Index().ToList(),
                each => [("id", each.Item), ("name", $"name '{each.Index}'"), ("at", each.Index == 4 ? null : At.AddTicks(each.Index * 1000)), ("body", new byte[] { 0, (byte)each.Index, 255 }), ("flag", each.Index % 2 == 0), ("amount", each.Index)]);
        }, default);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await host.DisposeAsync();

    [TestCase("where id = any(@ids) order by id", 1, 3)]
    [TestCase("where name = any(@names) and id = any(@ids)", 3)]
    [TestCase("where id = any(@none)")]
    [TestCase("where name = any(@nothing)")]
    [TestCase("where at >= @at order by at", 2, 3)]
    [TestCase("where at < @at order by at desc", 1, 0)]
    [TestCase("where at is null", 4)]
    [TestCase("where flag order by id", 0, 2, 4)]
    [TestCase("where not flag order by id", 1, 3)]
    [TestCase("order by amount desc limit 2 for update skip locked", 4, 3)]
    [TestCase("where amount > 2 order by id for update", 3, 4)]
    [TestCase("where (id, amount) in (select id, amount from things where amount < 2) order by id", 0, 1)]
    public async Task A_query_finds_the_same(string rest, params int[] expected)
    {
        var found = await Database.InTransactionAsync(transaction => transaction.QueryAsync($"select id from things {rest}", row => row.GetGuid(0), default,
            [.. Arguments().Where(argument => rest.Contains('@' + argument.Name, StringComparison.Ordinal))]), default);

        Assert.That(found, Is.EqualTo(expected.Select(i => Ids[i])));
    }

    [Test]
    public async Task Every_kind_of_value_comes_back_as_it_went()
    {
        var row = (await Database.QueryAsync("select id, name, at, body, flag, amount from things where id = @id", Map, default, ("id", Ids[3])))[0];
        var empty = (await Database.QueryAsync("select id, name, at, body, flag, amount from things where id = @id", Map, default, ("id", Ids[4])))[0];

        Assert.That(row, Is.EqualTo((Ids[3], "name '3'", (DateTimeOffset?)At.AddTicks(3000), "00-03-FF", false, 3)));
        Assert.That(empty.Item3, Is.Null);
    }

    [Test]
    public async Task Greatest_takes_the_later_and_on_conflict_the_new()
    {
        await Database.InTransactionAsync(async transaction =>
        {
            await transaction.ExecuteAsync("create table latest (name text primary key, at timestamptz not null)", default);
            foreach (var minutes in new[] { 0, 5, 3 })
                await transaction.ExecuteAsync("insert into latest (name, at) values ('x', @at) on conflict (name) do update set at = greatest(latest.at, excluded.at)", default, ("at", At.AddMinutes(minutes)));
        }, default);

        Assert.That(await Database.QueryAsync("select at from latest", row => row.GetTime(0), default), Is.EqualTo(new[] { At.AddMinutes(5) }));
    }

    [Test]
    public async Task The_number_of_touched_rows_is_told()
    {
        var touched = await Database.InTransactionAsync(async transaction =>
        {
            var first = await transaction.ExecuteAsync("update things set amount = amount where amount < @limit", default, ("limit", 3));
            var again = transaction.Write("insert into things (id, name, flag, amount) values (@id, 'again', true, 9) on conflict do nothing", new Columns<Guid>(Ids) { { "id", id => id } });
            var some = transaction.Write("update things set amount = amount where amount >= @limit", ("limit", 3));
            var none = transaction.Write("insert into things (id, name, flag, amount) values (@id, 'none', true, 9)", new Columns<Guid>([]) { { "id", id => id } });
            await transaction.AskAsync(default);
            return (first, again.Affected, some.Affected, none.Affected);
        }, default);

        Assert.That(touched, Is.EqualTo((3, 0, 2, 0)));
    }

    [Test]
    public async Task Statements_run_in_their_order_and_each_sees_what_those_before_it_did()
    {
        var (before, after) = await Database.InTransactionAsync(async transaction =>
        {
            transaction.Write("update things set name = 'first' where id = @id", ("id", Ids[0]));
            var first = transaction.Ask("select name from things where id = @id", row => row.GetString(0), ("id", Ids[0]));
            transaction.Write("update things set name = @name where id = @id", ("name", "name '0'"), ("id", Ids[0]));
            var second = transaction.Ask("select name from things where id = @id", row => row.GetString(0), ("id", Ids[0]));
            await transaction.AskAsync(default);
            return (first.Rows, second.Rows);
        }, default);

        Assert.That((before, after), Is.EqualTo((new[] { "first" }, new[] { "name '0'" })));
    }

    [TestCase("insert into things (id, name, flag, amount) values (@id, 'left over', true, 9)", "select 1 from nowhere")]
    [TestCase("select 1 from nowhere", "insert into things (id, name, flag, amount) values (@id, 'left over', true, 9)")]
    public void Of_what_goes_with_the_commit_nothing_stays_when_one_statement_fails(string first, string second)
    {
        Assert.That(async () => await Database.InTransactionAsync(transaction =>
        {
            foreach (var sql in new[] { first, second })
                transaction.Write(sql, sql.Contains("@id", StringComparison.Ordinal) ? [("id", Guid.NewGuid())] : []);
        }, default), Throws.InstanceOf<DbException>());

        Assert.That(async () => await Database.QueryAsync("select count(*) from things where name = 'left over'", row => row.GetInt64(0), default), Is.EqualTo(new[] { 0L }));
    }

    [Test]
    public async Task Returning_gives_what_was_changed()
    {
        var changed = await Database.InTransactionAsync(transaction => transaction.QueryAsync(
            "update things set name = name where id = any(@ids) and amount > @least returning id, name", row => (row.GetGuid(0), row.GetString(1)), default, ("ids", Ids), ("least", 3)), default);

        Assert.That(changed, Is.EqualTo(new[] { (Ids[4], "name '4'") }));
    }

    [Test]
    public async Task Many_rows_go_with_one_statement()
    {
        var kinds = Enumerable.Range(0, 4).Select(i => new Kind($"kind {i}", i == 2 ? null : Ids[i], i == 0 ? null : At.AddMinutes(i), [0, (byte)i, 255], i % 2 == 0)).ToList();
        await Database.InTransactionAsync(async transaction =>
        {
            await transaction.ExecuteAsync("create table kinds (name text primary key, id uuid, at timestamptz, body bytea not null, flag boolean not null, store text not null, amount integer not null)", default);
            transaction.Write("insert into kinds (name, id, at, body, flag, store, amount) values (@name, @id, @at, @body, @flag, @store, 7) on conflict do nothing", Columns([kinds[0]]));
            var inserted = await transaction.QueryAsync(
                "insert into kinds (name, id, at, body, flag, store, amount) values (@name, @id, @at, @body, @flag, @store, 7) on conflict do nothing returning name",
                Columns(kinds), row => row.GetString(0), default);
            Assert.That(inserted, Is.EqualTo(kinds.Skip(1).Select(kind => kind.Name)), "the first one was there, and in their order");
        }, default);

        var rows = await Database.QueryAsync("select name, id, at, body, flag, store || amount from kinds order by name",
            row => (row.GetString(0), row.GetOrNull<Guid>(1), row.IsDBNull(2) ? (DateTimeOffset?)null : row.GetTime(2), row.GetFieldValue<byte[]>(3), row.GetBoolean(4), row.GetString(5)), default);
        Assert.That(rows, Is.EqualTo(kinds.Select(kind => (kind.Name, kind.Id, kind.At, kind.Body, kind.Flag, "alpha7"))));
    }

    [Test]
    public async Task Many_rows_are_changed_with_one_statement()
    {
        var touched = await Database.InTransactionAsync(async transaction =>
        {
            await transaction.ExecuteAsync("create table counts (id uuid primary key, count integer not null, at timestamptz)", default);
            transaction.Write("insert into counts (id, count) values (@id, 0)", new Columns<Guid>(Ids) { { "id", id => id } });
            return await transaction.ExecuteAsync(
                """
                with changed (id, count, at) as (values (@id, @count, @at))
                update counts set count = changed.count, at = changed.at from changed where counts.id = changed.id and counts.count < @limit
                """,
                new Columns<int>([1, 3, 9]) { { "id", i => i < 5 ? Ids[i] : Guid.NewGuid() }, { "count", i => i }, { "at", i => i == 3 ? At : (DateTimeOffset?)null }, { "limit", 5 } }, default);
        }, default);

        var rows = await Database.QueryAsync("select id, count, at from counts where count > 0 order by id", row => (row.GetGuid(0), row.GetInt32(1), row.IsDBNull(2) ? (DateTimeOffset?)null : row.GetTime(2)), default);
        Assert.That(touched, Is.EqualTo(2));
        Assert.That(rows, Is.EqualTo(new[] { (Ids[1], 1, (DateTimeOffset?)null), (Ids[3], 3, At) }));
    }

    [Test]
    public async Task What_is_written_later_is_seen_by_the_next_statement_and_by_nobody_after_a_rollback()
    {
        Assert.That(() => Database.InTransactionAsync(async transaction =>
        {
            transaction.Write("insert into things (id, name, flag, amount) values (@id, 'late', true, 1)", new Columns<Guid>([Guid.NewGuid()]) { { "id", id => id } });
            var seen = await transaction.QueryAsync("select 1 from things where name = 'late'", _ => true, default);
            throw new InvalidOperationException($"seen {seen.Count}");
        }, default), Throws.InvalidOperationException.With.Message.EqualTo("seen 1"));

        Assert.That(await Database.QueryAsync("select 1 from things where name = 'late'", _ => true, default), Is.Empty);
    }

    private sealed record Kind(string Name, Guid? Id, DateTimeOffset? At, byte[] Body, bool Flag);

    private static Columns<Kind> Columns(IReadOnlyCollection<Kind> kinds) => new(kinds)
    {
        { "name", kind => kind.Name }, { "id", kind => kind.Id }, { "at", kind => kind.At }, { "body", kind => kind.Body }, { "flag", kind => kind.Flag }, { "store", "alpha" },
    };

    private static (string Name, object? Value)[] Arguments() =>
    [
        ("ids", new[] { Ids[3], Ids[1] }), ("names", new[] { "name '3'", "name '4'", "x" }), ("none", Array.Empty<Guid>()), ("nothing", Array.Empty<string>()), ("at", At.AddTicks(2000)),
    ];

    private static (Guid, string, DateTimeOffset?, string, bool, int) Map(DbDataReader row) => (row.GetGuid(0), row.GetString(1),
        row.IsDBNull(2) ? null : row.GetTime(2), BitConverter.ToString(row.GetFieldValue<byte[]>(3)), row.GetBoolean(4), row.GetInt32(5));
}
