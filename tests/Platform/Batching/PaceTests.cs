using Recado.Platform.Batching;

namespace Recado.Tests.Platform.Batching;

/// <summary>Who comes alone does not wait; who comes in crowds is carried in crowds.</summary>
public sealed class PaceTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    [Test]
    public void The_first_and_whoever_comes_after_a_quiet_time_goes_through_at_once()
    {
        var pace = new Pace(Longest);

        Assert.That(Rests(ref pace, null, 100, 5000, 100), Is.EqualTo(new[] { 0, 0, 0, 0 }));
    }

    [Test]
    public void The_rest_grows_while_batches_follow_each_other_closely()
    {
        var pace = new Pace(Longest);

        Assert.That(Rests(ref pace, null, 5, 5, 5, 5, 5), Is.EqualTo(new[] { 0, 20, 45, 70, 95, 95 }));
    }

    [Test]
    public void A_quiet_time_ends_it()
    {
        var pace = new Pace(Longest);

        Assert.That(Rests(ref pace, null, 5, 5, 5, 150, 5), Is.EqualTo(new[] { 0, 20, 45, 70, 0, 20 }));
    }

    [Test]
    public void What_the_batch_itself_took_is_no_longer_rested()
    {
        var pace = new Pace(Longest);

        Assert.That(Rests(ref pace, null, 30, 30, 80, 99), Is.EqualTo(new[] { 0, 0, 20, 0, 1 }));
    }

    [Test]
    public void Without_a_pace_there_is_no_rest()
    {
        var pace = new Pace(TimeSpan.Zero);

        Assert.That(Rests(ref pace, null, 0, 0, 0, 0, 0), Is.All.Zero);
    }

    private static int[] Rests(ref Pace pace, params int?[] since)
    {
        var rests = new int[since.Length];
        foreach (var (i, each) in since.Index())
            rests[i] = (int)pace.Rest(each is { } ms ? TimeSpan.FromMilliseconds(ms) : null).TotalMilliseconds;
        return rests;
    }
}
