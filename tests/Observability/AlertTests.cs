using System.Text.RegularExpressions;
using Npgsql;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Observability;

/// <summary>Every alert fires when it should, and says what to do then.</summary>
public sealed partial class AlertTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Prometheus_takes_the_rules() => await AcceptedAsync("check", "rules", Watch.Rules);

    [Test]
    public async Task They_fire_when_they_should_and_only_then() => await AcceptedAsync("test", "rules", Watch.RuleTests);

    [Test]
    public async Task The_rules_stand_alone_in_their_file()
    {
        var counted = await AcceptedAsync("check", "rules", Watch.Rules);

        Assert.That(counted, Does.Contain($"{Watch.Alerts.Count} rules found"), "all are read here that Prometheus reads");
        Assert.That(Watch.Alerts.Select(rule => rule.Severity), Is.All.AnyOf("critical", "warning"));
    }

    [Test]
    public void Every_rule_is_tried_once_where_it_fires_and_once_where_it_does_not()
    {
        var tried = Trial().Matches(File.ReadAllText(Watch.RuleTests)).Select(trial => (trial.Groups["name"].Value, Fires: !trial.Groups["none"].Success)).Distinct();

        Assert.That(tried, Is.EquivalentTo(Watch.Alerts.SelectMany(rule => new[] { (rule.Name, true), (rule.Name, false) })));
    }

    [Test]
    public void Every_rule_has_its_runbook_and_every_runbook_its_rule()
    {
        Assert.That(Watch.Alerts.Select(rule => rule.Runbook), Is.EqualTo(Watch.Alerts.Select(rule => $"deploy/runbooks/{rule.Name}.md")));
        Assert.That(Runbooks().Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(Watch.Alerts.Select(rule => rule.Name)));
        string[] parts = ["**What it means.**", "**What customers notice.**", "**Look.**", "**Do.**", "**Over when**"];
        foreach (var runbook in Runbooks())
        {
            var text = File.ReadAllText(runbook);
            Assert.That(text, Does.StartWith($"# {Path.GetFileNameWithoutExtension(runbook)}\n"));
            Assert.That(parts.Where(part => !text.Contains(part, StringComparison.Ordinal)), Is.Empty, runbook);
        }
    }

    [Test]
    public async Task The_database_answers_what_runbooks_ask()
    {
        await WatchedRun.StartedAsync();
        await using var source = NpgsqlDataSource.Create(WatchedRun.Recado.Recado.Processes.Database);
        var asked = 0;
        foreach (var runbook in Runbooks())
            foreach (Match block in Sql().Matches(await File.ReadAllTextAsync(runbook)))
            {
                await using var command = source.CreateCommand(block.Groups["sql"].Value);
                Assert.That(async () => await command.ExecuteNonQueryAsync(), Throws.Nothing, runbook);
                asked++;
            }
        Assert.That(asked, Is.GreaterThanOrEqualTo(8));
    }

    // Two of the files are about no alert.
    private static string[] Runbooks() =>
        [.. Directory.GetFiles(Watch.Runbooks, "*.md").Where(file => Path.GetFileName(file) is not ("README.md" or "backup-and-restore.md")).Order(StringComparer.Ordinal)];

    private static async Task<string> AcceptedAsync(params string[] arguments)
    {
        var promtool = Programs.Find("promtool") ?? throw new InvalidOperationException("promtool was not found: install Prometheus, or run ./test, which does what is needed.");
        var ended = await ChildProcess.RunAsync([promtool, .. arguments], Patience);
        Assert.That(ended.ExitCode, Is.Zero, ended.Output);
        return ended.Output;
    }

    [GeneratedRegex(@"- alertname: (?<name>\w+)\n\s+eval_time: \S+\n\s+exp_alerts:(?<none> \[\])?")]
    private static partial Regex Trial();

    [GeneratedRegex(@"^```sql\n(?<sql>(?s:.*?))^```", RegexOptions.Multiline)]
    private static partial Regex Sql();
}
