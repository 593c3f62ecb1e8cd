using System.Collections.Concurrent;
using Recado.GatewayEmulator.Callbacks;

namespace Recado.GatewayEmulator.Instances;

/// <summary>All instances; one comes to be when it is first named. Thread-safe.</summary>
public sealed class GatewayInstances
{
    private const int MaxInstances = 10_000;
    private const int MaxIdLength = 100;

    private readonly ConcurrentDictionary<string, GatewayInstance> instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Uri> configured;

    public GatewayInstances(EmulatorOptions options) =>
        configured = options.Callbacks.Where(entry => !string.IsNullOrEmpty(entry.Value))
            .ToDictionary(entry => entry.Key, entry => new Uri(entry.Value), StringComparer.Ordinal);

    /// <summary>Null for an absurd id, and when there are too many.</summary>
    public GatewayInstance? Find(string instanceId)
    {
        if (instances.TryGetValue(instanceId, out var known))
            return known;
        return instanceId.Length > MaxIdLength || instances.Count >= MaxInstances
            ? null
            : instances.GetOrAdd(instanceId, _ => new GatewayInstance());
    }

    /// <summary>The instance's URL for this kind, for every kind, or by the settings; null: nobody listens.</summary>
    public Uri? CallbackUrl(string instanceId, CallbackKind kind)
    {
        if (instances.TryGetValue(instanceId, out var instance) && instance.CallbackUrl(kind) is { } url)
            return url;
        return configured.GetValueOrDefault(instanceId) ?? configured.GetValueOrDefault(EmulatorOptions.AnyInstance);
    }

    /// <summary>The only instance that the settings name, if there is just one.</summary>
    public string? OnlyConfigured => configured.Keys.Where(id => id != EmulatorOptions.AnyInstance).ToArray() is [var only] ? only : null;
}
