namespace Recado.Tests.Benchmarks.Traffic;

/// <summary>What the sender knows of one webhook.</summary>
/// <param name="At">When it was sent or, at a fixed rate, should have been: whoever waits for its turn waits for the server.</param>
/// <param name="Acknowledged">From then to the 2xx.</param>
public readonly record struct Sent(string Phone, DateTimeOffset At, TimeSpan Acknowledged);

/// <summary>Times of many events, read by percentiles.</summary>
public sealed class Spread(IEnumerable<TimeSpan> times)
{
    private readonly double[] milliseconds = [.. times.Select(time => time.TotalMilliseconds).Order()];

    public int Count => milliseconds.Length;

    /// <summary>In milliseconds; NaN of nothing.</summary>
    public double At(double percent) =>
        milliseconds.Length == 0 ? double.NaN : milliseconds[Math.Min((int)(milliseconds.Length * percent / 100), milliseconds.Length - 1)];
}
