namespace Recado.Ingest.Accepting;

/// <summary>
/// Says in the log that webhooks are refused for trouble of ours: at once, and then once a second with how many. A line for
/// each would make an overload worse, and tell nothing more.
/// </summary>
internal sealed class RefusalLog(TimeProvider time, ILogger<RefusalLog> log)
{
    private readonly Lock _gate = new();
    private long? _told;
    private int _untold;

    /// <summary>One more was refused.</summary>
    public void Note(Exception why)
    {
        if (Due() is { } refused)
            log.LogWarning("Not accepted, the sender is asked to come again: {Error} ({Refused} since the last line)", why.Message, refused);
    }

    private int? Due()
    {
        lock (_gate)
        {
            _untold++;
            if (_told is { } last && time.GetElapsedTime(last) < TimeSpan.FromSeconds(1))
                return null;
            (_told, var refused, _untold) = (time.GetTimestamp(), _untold, 0);
            return refused;
        }
    }
}
