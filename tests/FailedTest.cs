using NUnit.Framework.Interfaces;

namespace Recado.Tests;

/// <summary>What helps to understand a failure, shown only then.</summary>
public static class FailedTest
{
    /// <summary>
    /// Writes to the output of the current test or fixture unless it has passed: inside the body of a test, where an
    /// exception may just be on its way out, nobody knows yet.
    /// </summary>
    public static void Show(string title, string text)
    {
        if (TestContext.CurrentContext.Result.Outcome.Status != TestStatus.Passed)
            TestContext.Out.WriteLine($"---- {title}\n{text}");
    }
}
