using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>How a process that cannot start has to end.</summary>
public static class RefusedStart
{
    /// <summary>Exit code 1 and one sentence; what is logged is JSON, and nothing of it is a stack trace.</summary>
    public static void AssertSaid(Ended ended, string sentence)
    {
        string[] spoken = [.. ended.Output.Split('\n').Where(line => line.Length > 0 && line[0] != '{')];
        Assert.That(spoken, Is.EqualTo(new[] { sentence }), ended.Output);
        Assert.That(ended.Output, Does.Not.Contain("   at "));
        Assert.That(ended.ExitCode, Is.EqualTo(1));
    }

    /// <summary>The same where the sentence quotes somebody else's words.</summary>
    public static void AssertSaidLike(Ended ended, string pattern)
    {
        string[] spoken = [.. ended.Output.Split('\n').Where(line => line.Length > 0 && line[0] != '{')];
        Assert.That(spoken, Has.Length.EqualTo(1), ended.Output);
        Assert.That(spoken[0], Does.Match(pattern));
        Assert.That(ended.Output, Does.Not.Contain("   at "));
        Assert.That(ended.ExitCode, Is.EqualTo(1));
    }
}
