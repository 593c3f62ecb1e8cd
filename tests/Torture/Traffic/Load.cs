namespace Recado.Tests.Torture.Traffic;

/// <summary>How much comes.</summary>
/// <param name="ShoppersPerSecond">People with a life.</param>
/// <param name="CrowdPerSecond">Events that start nothing.</param>
/// <param name="OnlyDoubles">
/// All shoppers are facts told twice at once, to two replicas of Ingest: a single one stores one batch after the other, and
/// cannot race with itself.
/// </param>
public sealed record LoadProfile(double ShoppersPerSecond, int CrowdPerSecond, bool OnlyDoubles = false);

/// <summary>Brings shoppers and crowds to the doors until they close; then lets everybody finish what they had begun.</summary>
public sealed class Load(LoadProfile profile, Shoppers shoppers, Sender sender, Ledger ledger, CancellationToken closing, CancellationToken giveUp)
{
    private const double FlapEvery = 9;
    private readonly List<Task> underWay = [];
    private Task? opening;

    public void Start() => opening = OpenAsync();

    /// <summary>Returns when the last fact is accepted; close the doors first.</summary>
    public async Task FinishAsync()
    {
        await (opening ?? Task.CompletedTask);
        await Task.WhenAll(underWay);
    }

    private async Task OpenAsync()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        for (var quarter = 0; !closing.IsCancellationRequested; quarter++)
        {
            for (var arrival = Arrived(quarter); arrival < Arrived(quarter + 1); arrival++)
                underWay.Add(LiveAsync(profile.OnlyDoubles ? shoppers.NextDoubled() : shoppers.Next()));
            if (quarter % 4 == 0 && profile.CrowdPerSecond > 0)
                underWay.Add(sender.TellTogetherAsync(shoppers.Crowd(profile.CrowdPerSecond), giveUp));
            if (!profile.OnlyDoubles && quarter % (int)(FlapEvery * 4) == 8)
                underWay.Add(TellAllAsync(shoppers.Flap()));
            await tick.WaitForNextTickAsync(giveUp);
        }
    }

    private int Arrived(int quarters) => (int)(quarters * profile.ShoppersPerSecond / 4);

    private Task LiveAsync(Shopper shopper)
    {
        ledger.Comes(shopper);
        return TellAllAsync(shopper.Steps);
    }

    private async Task TellAllAsync(IReadOnlyList<Step> steps)
    {
        var again = new List<Task>();
        foreach (var step in steps)
        {
            await Task.Delay(step.After, giveUp);
            await (step.Telling == Telling.TwiceAtOnce
                ? Task.WhenAll(sender.Doors.Select(door => sender.TellAsync(step.Fact, giveUp, door)))
                : sender.TellAsync(step.Fact, giveUp));
            if (step.Telling == Telling.AgainLater)
                again.Add(AgainAsync(step.Fact));
        }
        await Task.WhenAll(again);
    }

    private async Task AgainAsync(Fact fact)
    {
        await Task.Delay(TimeSpan.FromSeconds(5), giveUp);
        await sender.TellAsync(fact, giveUp);
    }
}
