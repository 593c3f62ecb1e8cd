namespace Recado.GatewayEmulator.Callbacks;

/// <summary>When a callback that nobody took is posted again.</summary>
public static class RetryDelay
{
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(2);

    /// <summary>0.2 s, 1 s, then 5 s each; null two minutes after the first attempt.</summary>
    /// <param name="failures">Failed attempts so far, from 1.</param>
    /// <param name="sinceFirst">Time since the first attempt began.</param>
    public static TimeSpan? After(int failures, TimeSpan sinceFirst)
    {
        var delay = failures switch
        {
            1 => TimeSpan.FromMilliseconds(200),
            2 => TimeSpan.FromSeconds(1),
            _ => TimeSpan.FromSeconds(5),
        };
        return sinceFirst + delay <= GiveUpAfter ? delay : null;
    }
}
