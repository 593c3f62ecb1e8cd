using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Torture;

/// <summary>Crash points and planted bugs exist in builds of their own and nowhere else.</summary>
public sealed class FaultsOnlyInFaultBuildsTests
{
    private static readonly string[] Services = [.. FiveProcesses.Services, "GatewayEmulator", "Standalone"];

    [TestCaseSource(nameof(Services))]
    public void No_assembly_calls_a_crash_point_or_knows_a_planted_bug(string service)
    {
        var assemblies = Directory.GetFiles(Path.GetDirectoryName(ServiceProcess.AssemblyPath(service))!, "Recado.*.dll");

        Assert.That(assemblies, Is.Not.Empty);
        Assert.That(assemblies.SelectMany(Traces), Is.Empty);
    }

    // The check would find them: the class that holds the names, not compiled away, is there.
    [Test]
    public void The_names_of_the_crash_points_are_found_where_they_are() =>
        Assert.That(Types(Path.Combine(Path.GetDirectoryName(ServiceProcess.AssemblyPath("Ingest"))!, "Recado.Platform.dll")), Has.Some.EqualTo("CrashPoints"));

    private static IEnumerable<string> Traces(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var name = Path.GetFileName(assembly);
        foreach (var type in Types(assembly).Where(type => type == "PlantedBugs"))
            yield return $"{name} has the type {type}";
        foreach (var type in metadata.TypeReferences.Select(metadata.GetTypeReference).Where(type => metadata.GetString(type.Namespace) == "Recado.Platform.Faults"))
            yield return $"{name} uses {metadata.GetString(type.Name)}";
        foreach (var text in UserStrings(metadata).Where(text => text is "CRASH_AT" or "STOP_AT" or "PLANTED_BUG"))
            yield return $"{name} says {text}";
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(method => CallsCrashPoint(file, metadata, method)))
            yield return $"{name}: {metadata.GetString(method.Name)} calls a crash point";
    }

    private static List<string> Types(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(type => metadata.GetString(metadata.GetTypeDefinition(type).Name))];
    }

    private static IEnumerable<string> UserStrings(MetadataReader metadata)
    {
        var handle = MetadataTokens.UserStringHandle(0);
        while (!(handle = metadata.GetNextHandle(handle)).IsNil)
            yield return metadata.GetUserString(handle);
    }

    /// <summary>Within one assembly a call names the method itself; nobody but the class calls those.</summary>
    private static bool CallsCrashPoint(PEReader file, MetadataReader metadata, MethodDefinition method)
    {
        if (method.RelativeVirtualAddress == 0 || metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name) == "CrashPoints")
            return false;
        var code = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!;
        var tokens = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Where(type => metadata.GetString(type.Name) == "CrashPoints")
            .SelectMany(type => type.GetMethods()).Where(target => metadata.GetString(metadata.GetMethodDefinition(target).Name) is "Reach" or "ReachAfter")
            .Select(target => BitConverter.GetBytes(metadata.GetToken(target)));
        return tokens.Any(token => code.AsSpan().IndexOf((byte[])[0x28, .. token]) >= 0); // call
    }
}
