namespace Recado.Normalizer.EzApi;

/// <summary>Points in time as the gateway writes them.</summary>
internal static class Moment
{
    private const long FirstMillisecond = 100_000_000_000;
    private static readonly DateTimeOffset WhatsAppBegan = new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NobodyPlansSoFar = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Milliseconds by the document, but <c>lastSeen</c> is in seconds, and so is <c>momment</c> at some gateways of the
    /// same dialect: told apart by magnitude, for no time of WhatsApp is ambiguous. Null for what is no such time.
    /// </summary>
    public static DateTimeOffset? Of(long? number)
    {
        if (number is not { } given || given <= 0 || given > NobodyPlansSoFar.ToUnixTimeMilliseconds())
            return null;
        var moment = given < FirstMillisecond ? DateTimeOffset.FromUnixTimeSeconds(given) : DateTimeOffset.FromUnixTimeMilliseconds(given);
        return moment >= WhatsAppBegan && moment <= NobodyPlansSoFar ? moment : null;
    }
}
