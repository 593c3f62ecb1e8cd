using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>What stands on the command line of a service.</summary>
public sealed class VerbTests
{
    [Test]
    public async Task Help_names_every_verb_with_its_options_and_what_it_does()
    {
        await using var normalizer = await ProcessAsync("Normalizer");

        var said = Spoken.LinesOf(await normalizer.RunToEndAsync("help"));

        Assert.That(said.Where((_, i) => i % 2 == 0).Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { "migrate", "replay", "dead-letters", "quarantine" }));
        Assert.That(said.Where((_, i) => i % 2 == 1), Has.All.Matches<string>(line => line.StartsWith("    ", StringComparison.Ordinal) && line.EndsWith('.')));
        Assert.That(said[6], Does.StartWith("quarantine list|replay [--store S]"));
    }

    [Test]
    public async Task Help_of_one_verb_does_nothing_else()
    {
        await using var normalizer = await ProcessAsync("Normalizer");

        Assert.That(Spoken.LinesOf(await normalizer.RunToEndAsync("migrate", "--help")), Is.EqualTo(new[] { "migrate", "    Applies the migrations that are pending." }));

        RefusedStart.AssertSaidLike(await normalizer.RunToEndAsync("quarantine", "list"), "^normalizer cannot start: migrations are pending ");
    }

    [TestCase("^normalizer cannot start: quarantine does not know --sorce: quarantine list\\|replay ", "quarantine", "list", "--sorce=wiapy")]
    [TestCase("^normalizer cannot start: quarantine takes --source once.$", "quarantine", "list", "--source=wiapy", "--source", "ezapi")]
    [TestCase("^normalizer cannot start: dead-letters needs a value after --requeue.$", "dead-letters", "--requeue")]
    [TestCase("^normalizer cannot start: replay does not know --until: ", "replay", "--since=2026-01-31T00:00:00Z", "--until=2026-02-01T00:00:00Z")]
    public async Task An_option_that_cannot_be_meant_is_refused(string sentence, params string[] arguments)
    {
        await using var normalizer = await ProcessAsync("Normalizer");
        await normalizer.RunToEndAsync("migrate");

        RefusedStart.AssertSaidLike(await normalizer.RunToEndAsync(arguments), sentence);
    }

    [Test]
    public async Task A_variable_of_the_environment_is_no_option()
    {
        await using var normalizer = await ProcessAsync("Normalizer", ("since", "2026-01-31T00:00:00Z"));

        RefusedStart.AssertSaidLike(await normalizer.RunToEndAsync("replay"), "^normalizer cannot start: replay needs --since with a time");
    }

    [Test]
    public async Task A_setting_may_stand_behind_a_verb()
    {
        await using var normalizer = await ProcessAsync("Normalizer");
        var elsewhere = await FreshDatabase.CreateAsync(Engine.Sqlite);

        await normalizer.RunToEndAsync("migrate", $"--Database={elsewhere}");

        Assert.That(Spoken.LinesOf(await normalizer.RunToEndAsync("quarantine", "list", "--Database", elsewhere)), Is.EqualTo(new[] { "0 listed" }));
    }

    private static async Task<ServiceProcess> ProcessAsync(string service, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["Broker"] = "memory", ["Database"] = await FreshDatabase.CreateAsync(Engine.Sqlite) };
        foreach (var (name, value) in settings)
            all[name] = value;
        return new(service, all);
    }
}
