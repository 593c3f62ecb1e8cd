namespace Recado.Platform.Bus;

/// <summary>What the services of this process listen to.</summary>
public sealed class Consumers
{
}
