namespace Recado.Platform.Batching;

/// <summary>
/// How long a worker rests between two batches, so that under load there are fewer and larger ones, which cost a fraction.
/// What comes after a quiet time goes through at once; the longer batches follow each other closely, the longer the rest,
/// up to <paramref name="longest"/>, in four steps.
/// </summary>
/// <param name="longest">From the start of a batch to that of the next, at most. Zero: no rest.</param>
public struct Pace(TimeSpan longest)
{
    private const int Steps = 4;
    private int _step;

    /// <summary>What is left to rest before the next batch.</summary>
    /// <param name="since">From the start of the last batch until now, when something waits; null before the first.</param>
    public TimeSpan Rest(TimeSpan? since)
    {
        _step = since < longest ? Math.Min(_step + 1, Steps) : 0;
        var rest = longest * _step / Steps - (since ?? TimeSpan.Zero);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}
