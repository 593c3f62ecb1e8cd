namespace Recado.Tests.Benchmarks.Machine;

/// <summary>What a process is to the pipeline that is measured.</summary>
public enum PartKind
{
    /// <summary>What is measured: the services, or the bare pipeline's process.</summary>
    Service,
    Broker,
    Database,

    /// <summary>The emulator, which stands for somebody else's machine.</summary>
    Gateway,
}

/// <summary>One process whose CPU time and memory are measured.</summary>
/// <param name="ProcessId">Null where it cannot be seen from here (a container).</param>
public sealed record Part(string Name, PartKind Kind, int? ProcessId);
