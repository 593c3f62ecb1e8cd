using System.Text.Json;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.N8n;

/// <summary>n8n as npm installed it beside its <c>package.json</c>.</summary>
internal static class N8nInstallation
{
    /// <summary>The workflows, the credentials, the table, and what npm installed.</summary>
    public static readonly string Folder = Path.Combine(ServiceProcess.RepositoryRoot, "tests", "Benchmarks", "peers", "n8n");

    private static string Package => Path.Combine(Folder, "node_modules", "n8n");

    /// <summary>The version that is installed, which is the one that <c>package.json</c> asks for.</summary>
    public static string Version()
    {
        var wanted = Read(Path.Combine(Folder, "package.json")).GetProperty("dependencies").GetProperty("n8n").GetString()!;
        var manifest = Path.Combine(Package, "package.json");
        if (!File.Exists(manifest))
            throw new InvalidOperationException($"n8n is not installed: run {Path.Combine(Folder, "run")}, or npm ci in its folder.");
        var installed = Read(manifest).GetProperty("version").GetString();
        return installed == wanted ? wanted : throw new InvalidOperationException($"n8n {installed} is installed, not {wanted}: run npm ci in {Folder}.");
    }

    /// <summary>Its program with these arguments.</summary>
    public static string[] Command(params string[] arguments) => ["node", Path.Combine(Package, "bin", "n8n"), .. arguments];

    /// <summary>The version of the node that runs it.</summary>
    public static async Task<string> NodeVersionAsync() =>
        (await ChildProcess.RunAsync(["node", "--version"], TimeSpan.FromSeconds(30))).Output.Trim();

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.Clone();
    }
}
