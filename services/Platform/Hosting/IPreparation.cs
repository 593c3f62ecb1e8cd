namespace Recado.Platform.Hosting;

/// <summary>
/// Done before anything starts, in the order of registration: nothing is served, consumed or relayed until all are through.
/// What throws <see cref="CannotStartException"/> ends the process with that sentence.
/// </summary>
public interface IPreparation
{
    /// <summary>Prepares.</summary>
    Task PrepareAsync(CancellationToken cancellation);
}
