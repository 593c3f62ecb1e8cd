#if FAULTS
namespace Recado.Platform.Faults;

/// <summary>
/// Mistakes that others have made, to be made on purpose (<c>PLANTED_BUG=name</c>): a torture program that does not
/// notice one of them proves nothing. Only builds of the configuration <c>Faults</c> have them.
/// </summary>
public static class PlantedBugs
{
    private static readonly string? Planted = Environment.GetEnvironmentVariable("PLANTED_BUG");

    /// <summary>A message is acknowledged when it comes, not after the commit.</summary>
    public static bool AcknowledgeBeforeCommit => Planted == "acknowledge-before-commit";

    /// <summary>A repeated webhook is looked for first and stored afterwards, without a claim.</summary>
    public static bool CheckThenInsert => Planted == "check-then-insert";

    /// <summary>A process that slept past its lease goes on as if nobody had taken over.</summary>
    public static bool NoFencing => Planted == "no-fencing";

    /// <summary>A send without an answer is sent again.</summary>
    public static bool RetryOnTimeout => Planted == "retry-on-timeout";

    /// <summary>Only journeys that this process has seen start are ever due.</summary>
    public static bool TimersFromMemory => Planted == "timers-from-memory";

    /// <summary>The end of one message acknowledges all that came before it.</summary>
    public static bool MultipleAcknowledge => Planted == "multiple-acknowledge";

    /// <summary>What no queue takes counts as delivered.</summary>
    public static bool NonMandatoryPublish => Planted == "non-mandatory-publish";
}
#endif
