using Recado.Platform.Data;
using Recado.Tests.Infrastructure;
using static Recado.Platform.Data.DatabaseClock;

namespace Recado.Tests.Platform;

/// <summary>Which clock decides.</summary>
public sealed class DatabaseClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_wall_clock_that_is_wrong_or_set_changes_nothing()
    {
        var machine = new OddClock { Offset = TimeSpan.FromHours(1) };
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Postgres), start: false, machine: machine);

        Assert.That(await AheadAsync(book), Is.EqualTo(TimeSpan.Zero).Within(TimeSpan.FromSeconds(1)));
        machine.Offset = TimeSpan.FromHours(-1);
        Assert.That(await AheadAsync(book), Is.EqualTo(TimeSpan.Zero).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task A_machine_that_runs_fast_is_put_right_again_and_again()
    {
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Postgres), machine: new OddClock { Speed = 2 });

        for (var times = 0; times < 2; times++)
        {
            await Until.TrueAsync(async () => await AheadAsync(book) > TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30), "the clock has run ahead");
            await Until.TrueAsync(async () => await AheadAsync(book) < TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30), "the clock is right again");
        }
    }

    [Test]
    public async Task On_SQLite_the_machine_has_the_only_clock()
    {
        var machine = new OddClock { Offset = TimeSpan.FromHours(1) };
        await using var book = await Notebook.OpenAsync(await FreshDatabase.CreateAsync(Engine.Sqlite), start: false, machine: machine);

        Assert.That(book.Time.GetUtcNow(), Is.EqualTo(DateTimeOffset.UtcNow.AddHours(1)).Within(TimeSpan.FromMinutes(1)));
    }

    [TestCase(2, 10, 1, false, TestName = "A_surer_reading_is_taken")]
    [TestCase(20, 10, 1, true, TestName = "A_doubtful_reading_that_agrees_is_not_taken")]
    [TestCase(20, 100_000, 1, false, TestName = "A_doubtful_reading_is_taken_when_the_known_one_is_old")] // 100,000 s drift by 20 s
    [TestCase(20, 10, 40, false, TestName = "A_reading_that_contradicts_is_taken")]
    public void Of_two_readings(double doubtMilliseconds, double afterSeconds, double differsByMilliseconds, bool keepsKnown)
    {
        var known = new Reading(Noon, 0, TimeSpan.FromMilliseconds(1));
        var between = TimeSpan.FromSeconds(afterSeconds);
        var next = new Reading(Noon + between + TimeSpan.FromMilliseconds(differsByMilliseconds), between.Ticks, TimeSpan.FromMilliseconds(doubtMilliseconds));

        Assert.That(Better(known, next, between), Is.SameAs(keepsKnown ? known : next));
    }

    private static async Task<TimeSpan> AheadAsync(Notebook book)
    {
        var (before, database) = (book.Time.GetUtcNow(), await book.Database.QueryAsync("select clock_timestamp()", row => row.GetTime(0), default));
        return before - database[0];
    }

    private sealed class OddClock : TimeProvider
    {
        private readonly long started = System.GetTimestamp();

        public TimeSpan Offset { get; set; }

        public int Speed { get; init; } = 1;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

        public override long GetTimestamp() => started + (Speed * (System.GetTimestamp() - started));
    }
}
