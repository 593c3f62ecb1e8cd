using NUnit.Framework.Interfaces;

namespace Recado.Tests.Infrastructure;

/// <summary>What helps to understand a failure, shown only then.</summary>
public static class FailedTest
{
    /// <summary>Writes to the output of the current test or fixture if it has failed.</summary>
    public static void Show(string title, string text)
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
            TestContext.Out.WriteLine($"---- {title}\n{text}");
    }
}
