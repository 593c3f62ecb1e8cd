using System.Collections.Concurrent;
using Recado.GatewayEmulator.Callbacks;

namespace Recado.GatewayEmulator.Instances;

/// <summary>What became of a chain that an instance was given.</summary>
public enum Admission
{
    /// <summary>To be started by the caller.</summary>
    Now,

    /// <summary>Waits until the phone is connected.</summary>
    Queued,

    /// <summary>Refused: the queue of a disconnected phone is full.</summary>
    Full,
}

/// <summary>One shop's phone, as the gateway knows it. Thread-safe.</summary>
public sealed class GatewayInstance
{
    /// <summary>How many messages wait for a disconnected phone, by the gateway's documents.</summary>
    public const int QueueLimit = 1_000;

    private readonly Lock gate = new();
    private readonly Queue<CallbackChain> queue = new();
    private readonly ConcurrentDictionary<CallbackKind, Uri> urls = new();
    private volatile Uri? everyUrl;
    private volatile bool connected = true;

    public bool Connected => connected;

    /// <summary>Whether the shop's own messages come back as callbacks; null: as the behaviour says.</summary>
    public bool? Echo { get; set; }

    /// <summary>Null where the settings decide.</summary>
    public Uri? CallbackUrl(CallbackKind kind) => urls.TryGetValue(kind, out var url) ? url : everyUrl;

    /// <param name="kind">Null for the URL of all kinds without one of their own.</param>
    /// <param name="url">Null takes it back.</param>
    public void SetCallbackUrl(CallbackKind? kind, Uri? url)
    {
        if (kind is not { } one)
            everyUrl = url;
        else if (url is null)
            urls.TryRemove(one, out _);
        else
            urls[one] = url;
    }

    public Admission Admit(CallbackChain chain)
    {
        if (connected)
            return Admission.Now;
        lock (gate)
        {
            if (connected)
                return Admission.Now;
            if (queue.Count >= QueueLimit)
                return Admission.Full;
            queue.Enqueue(chain);
            return Admission.Queued;
        }
    }

    /// <summary>False when it was disconnected already.</summary>
    public bool Disconnect()
    {
        lock (gate)
        {
            var changed = connected;
            connected = false;
            return changed;
        }
    }

    /// <summary>What waited, oldest first; null when it was connected already.</summary>
    public IReadOnlyList<CallbackChain>? Connect()
    {
        lock (gate)
        {
            if (connected)
                return null;
            connected = true;
            CallbackChain[] waited = [.. queue];
            queue.Clear();
            return waited;
        }
    }
}
