using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>What a verb said to the person who gave it.</summary>
public static class Spoken
{
    /// <summary>Its lines, without those of the log, which are JSON; it ended well.</summary>
    public static IReadOnlyList<string> LinesOf(Ended ended)
    {
        Assert.That(ended.ExitCode, Is.Zero, ended.Output);
        return [.. ended.Output.Split('\n').Where(line => line.Length > 0 && line[0] != '{')];
    }
}
