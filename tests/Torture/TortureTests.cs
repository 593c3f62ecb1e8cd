using System.Globalization;
using System.Text.RegularExpressions;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Torture;

/// <summary>
/// The program that breaks Recado, as a part of every run of the tests, with the same seed unless <c>TORTURE_SEED</c> names
/// another: whoever changes something else is not to be stopped by a schedule that nobody has seen before.
/// </summary>
[NonParallelizable]
[Category("Torture")]
[Platform(Include = "Linux", Reason = "Processes are stopped by signals, and clocks set by libfaketime.")]
public sealed partial class TortureTests
{
    private static readonly TimeSpan Building = TimeSpan.FromMinutes(20);
    private static readonly string Seed = Environment.GetEnvironmentVariable("TORTURE_SEED") ?? "1";

    /// <summary>It knows nothing of the configuration of the tests: it is always a release build, of services with faults in them.</summary>
    [OneTimeSetUp]
    public async Task Build_it()
    {
        var ended = await ChildProcess.RunAsync(["dotnet", "build", Path.Combine(Folder, "Torture.csproj"), "-c", "Release", "-nodeReuse:false", "-v", "q"], Building);
        Assert.That(ended.ExitCode, Is.Zero, ended.Output);
    }

    [Test]
    public async Task Killed_at_every_crash_point_and_struck_by_every_fault_it_loses_and_doubles_nothing()
    {
        var ended = await RunAsync(TimeSpan.FromMinutes(30), "--short", "--seed", Seed);

        Assert.That(ended.ExitCode, Is.Zero, ended.Output);
        var figures = Figures().Match(ended.Output);
        Assert.That(figures.Success, Is.True, ended.Output);
        TestContext.Out.WriteLine(figures.Value);
        Assert.That(Number(figures.Groups["kills"]), Is.GreaterThanOrEqualTo(60));
        Assert.That(Number(figures.Groups["events"]), Is.GreaterThanOrEqualTo(20_000));
    }

    [Test]
    public async Task Seven_planted_bugs_are_found_and_without_them_nothing_is()
    {
        var planted = await RunAsync(TimeSpan.FromMinutes(40), "--planted-bugs", "--seed", Seed);
        var clean = await RunAsync(TimeSpan.FromMinutes(10), "--schedule-of", "no-fencing", "--seed", Seed);
        var race = await RunAsync(TimeSpan.FromMinutes(10), "--schedule-of", "check-then-insert", "--seed", Seed);

        Assert.That(planted.Output, Does.Contain("7 of 7 planted bugs found"));
        Assert.That(planted.ExitCode, Is.Zero, planted.Output);
        Assert.That(clean.ExitCode, Is.Zero, clean.Output);
        Assert.That(race.ExitCode, Is.Zero, race.Output);
        TestContext.Out.WriteLine(planted.Output[planted.Output.IndexOf("planted bug  ", StringComparison.Ordinal)..]);
    }

    private static string Folder => Path.Combine(ServiceProcess.RepositoryRoot, "tests", "Torture");

    private static Task<Ended> RunAsync(TimeSpan limit, params string[] arguments) =>
        ChildProcess.RunAsync(["dotnet", "exec", Path.Combine(Folder, "bin", "Release", "net10.0", "Recado.Torture.dll"), .. arguments], limit);

    private static int Number(Group group) => int.Parse(group.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^seed \d+: (?<kills>[\d,]+) kills, (?<events>[\d,]+) events, .*$", RegexOptions.Multiline)]
    private static partial Regex Figures();
}
