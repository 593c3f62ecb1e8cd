namespace Recado.WhatsAppDispatcher.Dispatching;

/// <summary>When to try again what definitely was not sent. Pure.</summary>
public static class SendBackOff
{
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
    ];

    /// <summary>
    /// The pause after that many failed attempts, or null when it is time to give up.
    /// 2 s, 10 s, 1 min, 5 min, 30 min, 2 h: the gateway has 2 h 36 min to come back.
    /// </summary>
    /// <param name="attempts">Attempts that counted, this one included; 0 when this one did not count.</param>
    /// <param name="retryAfter">What the gateway asked for; never shortened.</param>
    public static TimeSpan? Delay(int attempts, TimeSpan? retryAfter)
    {
        if (attempts > Delays.Length)
            return null;
        var pause = Delays[Math.Max(attempts - 1, 0)];
        return retryAfter > pause ? retryAfter : pause;
    }
}
