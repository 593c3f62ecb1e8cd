using Microsoft.Extensions.DependencyInjection;

namespace Recado.Platform.Hosting;

/// <summary>Something that a service does from its command line instead of serving, and then ends: <c>dotnet Recado.Normalizer.dll quarantine list</c>.</summary>
/// <param name="Name">What comes first on the command line. Where several services of one process have a verb of this name, all of them do it.</param>
/// <param name="Usage">What follows the name, for example <c>list [--store S]</c>. An option that does not stand here is refused.</param>
/// <param name="Help">What it does, in one sentence.</param>
/// <param name="RunAsync">Does it. What throws <see cref="CannotStartException"/> ends the process with that sentence and exit code 1.</param>
public sealed record Verb(string Name, string Usage, string Help, Func<IServiceProvider, VerbLine, Task> RunAsync);

/// <summary>Registers them.</summary>
public static class VerbSetup
{
    /// <summary>Gives a service a verb of its own. It runs once the database answers and has every migration; nothing else is started.</summary>
    public static void AddVerb(this IServiceCollection services, Verb verb) => services.AddSingleton(verb);
}
