using Recado.Platform.Batching;

namespace Recado.Tests.Platform.Batching;

/// <summary>Who waits longest in line is not who shouts loudest.</summary>
public sealed class FairLanesTests
{
    [Test]
    public void Lanes_are_served_in_turns_and_each_in_its_order()
    {
        var lanes = new FairLanes<string>(100);
        foreach (var item in (string[])["a1", "a2", "a3", "a4", "b1", "c1", "c2"])
            Assert.That(lanes.TryAdd(item[..1], item), Is.True);

        Assert.That(Drain(lanes), Is.EqualTo(new[] { "a1", "b1", "c1", "a2", "c2", "a3", "a4" }));
        Assert.That(lanes.Count, Is.Zero);
    }

    [Test]
    public void One_lane_alone_fills_half_of_the_room_and_there_is_a_place_for_each_newcomer()
    {
        var lanes = new FairLanes<int>(2000);
        Assert.That(Fill(lanes, "noisy"), Is.EqualTo(1000));
        Assert.That(Fill(lanes, "noisy too"), Is.EqualTo(500));
        Assert.That(Fill(lanes, "as well"), Is.EqualTo(250));
        for (var i = 0; i < 200; i++)
            Assert.That(lanes.TryAdd($"quiet {i}", i), Is.True, $"the {i + 1}th quiet one");
    }

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(3, 2)]
    public void The_smallest_rooms_hold_something(int capacity, int expected) => Assert.That(Fill(new FairLanes<int>(capacity), "one"), Is.EqualTo(expected));

    [Test]
    public void A_lane_that_was_full_has_room_again_once_something_left()
    {
        var lanes = new FairLanes<int>(10);
        Fill(lanes, "one");
        Assert.That(lanes.TryAdd("one", 0), Is.False);
        lanes.TryTake(out _);
        Assert.That(lanes.TryAdd("one", 0), Is.True);
    }

    [Test]
    public void Whatever_comes_and_goes_nothing_is_lost_or_doubled_or_overtakes_in_its_lane_and_nobody_waits_more_than_a_turn_of_the_others()
    {
        var random = new Random(20261122);
        var lanes = new FairLanes<(int Lane, int Number)>(300);
        var (added, taken, next) = (new int[20], new int[20], 0);
        var since = new int[20]; // takes since the lane was last served, while it had something
        for (var i = 0; i < 200_000; i++)
        {
            var lane = random.Next(10) < 8 ? 0 : random.Next(20);
            if (random.Next(100) < 52 && lanes.TryAdd($"{lane}", (lane, added[lane])))
                added[lane]++;
            else if (lanes.TryTake(out var item))
            {
                Assert.That(item.Number, Is.EqualTo(taken[item.Lane]++));
                for (var each = 0; each < 20; each++)
                    since[each] = each != item.Lane && added[each] > taken[each] ? since[each] + 1 : 0;
                Assert.That(since.Max(), Is.LessThan(20));
                next++;
            }
            Assert.That(lanes.Count, Is.EqualTo(added.Sum() - taken.Sum()).And.LessThanOrEqualTo(300));
        }
        Assert.That(next, Is.GreaterThan(90_000));
    }

    private static int Fill(FairLanes<int> lanes, string lane)
    {
        var count = 0;
        while (lanes.TryAdd(lane, count))
            count++;
        return count;
    }

    private static List<T> Drain<T>(FairLanes<T> lanes)
    {
        var all = new List<T>();
        while (lanes.TryTake(out var item))
            all.Add(item);
        return all;
    }
}
