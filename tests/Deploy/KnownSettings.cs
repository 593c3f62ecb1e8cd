using System.Reflection;
using System.Text.RegularExpressions;
using Recado.GatewayEmulator;
using Recado.Platform;

namespace Recado.Tests.Deploy;

/// <summary>The settings that a process knows: the properties of the options that its source registers.</summary>
internal sealed partial class KnownSettings
{
    /// <summary>Read by the OpenTelemetry SDK, ASP.NET Core or the runtime; deploy/settings.md or their own documents tell of them.</summary>
    private static readonly string[] OfTheRuntime =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_RESOURCE_ATTRIBUTES",
        "ASPNETCORE_HTTP_PORTS", "DOTNET_ROOT", "DOTNET_EnableDiagnostics",
    ];

    private readonly List<(string Section, Type Options)> _options = [];
    private readonly bool _readsBundle;

    private KnownSettings(Part part)
    {
        var source = SourceOf(part.Folder);
        var platform = SourceOf("Platform");
        _readsBundle = source.Contains("AddDatabase<", StringComparison.Ordinal);
        foreach (Match match in Registration().Matches(source + platform))
            if (TypeOf(part, match.Groups["type"].Value) is var type && IsUsed(type, source))
                _options.Add((match.Groups["section"].Value, type));
        if (part == Part.Emulator)
            _options.Add((EmulatorOptions.Section, typeof(EmulatorOptions)));
    }

    public static KnownSettings Of(Part part) => new(part);

    /// <summary>Whether an environment variable of that name means something to the process, apart from what a bundle names.</summary>
    public bool Has(string variable)
    {
        var setting = variable.Replace("__", ":", StringComparison.Ordinal);
        return OfTheRuntime.Contains(variable) || (_readsBundle && setting == "Bootstrap")
            || _options.Any(each => PathIn(each.Section, setting) is { } path && Exists(each.Options, path.Split(':')));
    }

    /// <summary>All of them by name, with the property; what holds several values is one.</summary>
    public IEnumerable<(string Name, PropertyInfo Property, object? Default)> All() =>
        from each in _options
        let defaults = Activator.CreateInstance(each.Options)
        from property in each.Options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.SetMethod is { IsPublic: true }
        select (each.Section.Length == 0 ? property.Name : $"{each.Section}:{property.Name}", property, property.GetValue(defaults));

    private static string? PathIn(string section, string setting)
    {
        if (section.Length == 0)
            return setting;
        return setting.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase) ? setting[(section.Length + 1)..] : null;
    }

    private static bool Exists(Type type, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
            return true;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>))
            return Exists(type.GetGenericArguments()[1], path[1..]);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Exists(type.GetGenericArguments()[0], path[1..]);
        var property = type.GetProperty(path[0], BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
        return property?.SetMethod is not null && Exists(property.PropertyType, path[1..]);
    }

    private static bool IsUsed(Type options, string source) => options.Name switch
    {
        "SecretsOptions" => source.Contains("AddSecrets()", StringComparison.Ordinal),
        "DatabaseOptions" or "BusOptions" => source.Contains("AddDatabase<", StringComparison.Ordinal),
        _ => true,
    };

    private static Type TypeOf(Part part, string name) =>
        part.Service.GetType().Assembly.GetTypes().Concat(typeof(IService).Assembly.GetTypes()).Single(type => type.Name == name);

    private static string SourceOf(string project) => string.Concat(
        Directory.EnumerateFiles(Repository.PathOf($"services/{project}"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText));

    [GeneratedRegex("""AddSettings<(?<type>\w+)>\(("(?<section>[^"]*)")?\)""")]
    private static partial Regex Registration();
}
