using System.Globalization;

namespace Recado.Tests.Infrastructure;

/// <summary>Temporary folders of this test run; what an aborted run left behind goes with the next one.</summary>
public static class RunFolder
{
    private const string Prefix = "recado-tests-";
    private static readonly Lazy<string> Root = new(Create);

    /// <summary>Makes a new, empty folder that every user may enter.</summary>
    public static string New(string name) =>
        Directory.CreateDirectory(Path.Combine(Root.Value, $"{name}-{Guid.NewGuid():N}"[..(name.Length + 9)])).FullName;

    /// <summary>Deletes everything made by this run.</summary>
    public static void Delete()
    {
        if (Root.IsValueCreated && Directory.Exists(Root.Value))
            Directory.Delete(Root.Value, recursive: true);
    }

    private static string Create()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*").Where(IsAbandoned))
            TryDelete(folder);
        var root = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Prefix + Environment.ProcessId)).FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101);
        return root;
    }

    private static bool IsAbandoned(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder)[Prefix.Length..], CultureInfo.InvariantCulture, out var pid))
            return false;
        if (pid == Environment.ProcessId)
            return true;
        try
        {
            using var _ = System.Diagnostics.Process.GetProcessById(pid);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's: theirs to delete.
        }
    }
}
