using Recado.Contracts;

namespace Recado.WhatsAppDispatcher.Echoes;

/// <summary>A send whose end is not known: under way, or uncertain.</summary>
public sealed record InDoubt(Guid MessageId, string StoreId, string InstanceId, Guid JourneyId, Guid EventId, string Status, DateTimeOffset ArmedAt, string Fingerprint, string? Trace)
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GatewayTakes = TimeSpan.FromMinutes(10);

    /// <summary>Whether the echo may be this send's.</summary>
    public bool MayBe(ParkedEcho echo) =>
        (echo.StoreId, echo.InstanceId, echo.Fingerprint) == (StoreId, InstanceId, Fingerprint)
        && echo.OccurredAt >= ArmedAt - ClocksDiffer && echo.OccurredAt <= ArmedAt + GatewayTakes;
}

/// <summary>An echo whose gateway id no message has.</summary>
public sealed record ParkedEcho(string StoreId, string InstanceId, string GatewayMessageId, string Fingerprint, DateTimeOffset OccurredAt);

/// <summary>Which uncertain send an echo proves. Pure.</summary>
public static class Evidence
{
    /// <summary>
    /// Same shop's phone, same person, same text, and not before it was armed nor long after. Each echo proves one send,
    /// of several alike the one armed first. While one alike is still under way nothing is decided: the echo may be its own.
    /// </summary>
    public static IReadOnlyList<(InDoubt Message, ParkedEcho Echo)> Match(IEnumerable<InDoubt> messages, IEnumerable<ParkedEcho> echoes)
    {
        var open = messages.OrderBy(message => message.ArmedAt).ThenBy(message => message.MessageId).ToList();
        var proved = new List<(InDoubt, ParkedEcho)>();
        foreach (var echo in echoes.OrderBy(echo => echo.OccurredAt).ThenBy(echo => echo.GatewayMessageId, StringComparer.Ordinal))
        {
            var alike = open.Where(message => message.MayBe(echo)).ToList();
            if (alike.Count == 0 || alike.Exists(message => message.Status != MessageStatuses.Uncertain))
                continue;
            proved.Add((alike[0], echo));
            open.Remove(alike[0]);
        }
        return proved;
    }
}
