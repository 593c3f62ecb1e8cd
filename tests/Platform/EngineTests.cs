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
            await transaction.ExecuteManyAsync("insert into things (id, name, at, body, flag, amount) values (@id, @name, @at, @body, @flag, @amount)", Ids.Index().ToList(),
                each => [("id", each.Item), ("name", $"name '{each.Index}'"), ("at", each.Index == 4 ? null : At.AddTicks(each.Index * 1000)), ("body", new byte[] { 0, (byte)each.Index, 255 }), ("flag", each.Index % 2 == 0), ("amount", each.Index)],
                default);
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
        var touched = await Database.InTransactionAsync(async transaction => (
            await transaction.ExecuteAsync("update things set amount = amount where amount < @limit", default, ("limit", 3)),
            await transaction.ExecuteManyAsync("insert into things (id, name, flag, amount) values (@id, 'again', true, 9) on conflict do nothing", Ids, id => [("id", id)], default),
            await transaction.ExecuteManyAsync<Guid>("update things set amount = 0 where id = @id", [], id => [("id", id)], default)), default);

        Assert.That(touched, Is.EqualTo((3, 0, 0)));
    }

    [Test]
    public async Task Returning_gives_what_was_changed()
    {
        var changed = await Database.InTransactionAsync(transaction => transaction.QueryAsync(
            "update things set name = name where id = any(@ids) and amount > @least returning id, name", row => (row.GetGuid(0), row.GetString(1)), default, ("ids", Ids), ("least", 3)), default);

        Assert.That(changed, Is.EqualTo(new[] { (Ids[4], "name '4'") }));
    }

    private static (string Name, object? Value)[] Arguments() =>
    [
        ("ids", new[] { Ids[3], Ids[1] }), ("names", new[] { "name '3'", "name '4'", "x" }), ("none", Array.Empty<Guid>()), ("nothing", Array.Empty<string>()), ("at", At.AddTicks(2000)),
    ];

    private static (Guid, string, DateTimeOffset?, string, bool, int) Map(DbDataReader row) => (row.GetGuid(0), row.GetString(1),
        row.IsDBNull(2) ? null : row.GetTime(2), BitConverter.ToString(row.GetFieldValue<byte[]>(3)), row.GetBoolean(4), row.GetInt32(5));
}
