using System.Text;
using System.Text.Json;
using Npgsql;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>
/// A look everywhere where nobody's data and no secret has any business to be. Where they belong, and nobody looks here:
/// the rows of the tables, the bodies of messages in queues and of dead letters, the emulator's list of accepted
/// messages, the answer that tells a store its own quarantined webhook, and the environment of the processes.
/// </summary>
public sealed class CanaryTests
{
    private readonly CanaryRun _run = new();

    [OneTimeSetUp]
    public Task StartAsync() => _run.StartAsync();

    [OneTimeTearDown]
    public Task StopAsync() => _run.DisposeAsync().AsTask();

    [Test]
    public async Task Messages_went_out_with_them()
    {
        var messages = await _run.Recado.Gateway.AllAsync(Canaries.Phone);

        Assert.That(messages, Has.Count.GreaterThan(10));
        Assert.That(messages.Count(message => message.Text.Contains(Canaries.Name, StringComparison.Ordinal)), Is.GreaterThan(5));
    }

    [Test]
    public void No_process_writes_them([ValueSource(nameof(Processes))] string process)
    {
        var output = _run.Recado.Processes[process].Output;

        Assert.That(output, Does.Contain("Now listening on"), "what is looked at");
        Assert.That(Found(output), Is.Empty, () => Lines(output));
    }

    [TestCase("traces")]
    [TestCase("metrics")]
    [TestCase("logs")]
    public void None_of_them_is_exported_as(string signal)
    {
        var posts = _run.Collector.Posts.Where(post => post.Signal == signal).Select(post => Encoding.UTF8.GetString(post.Body)).ToList();

        Assert.That(posts, Is.Not.Empty);
        Assert.That(posts.SelectMany(Found).Distinct(), Is.Empty);
    }

    [Test]
    public void No_answer_to_a_refused_request_repeats_them()
    {
        Assert.That(_run.Answers, Has.Count.GreaterThan(10));
        Assert.That(_run.Answers.Where(answer => Found(answer).Count > 0), Is.Empty);
    }

    [Test]
    public async Task No_command_line_shows_them([ValueSource(nameof(Processes))] string process)
    {
        if (!OperatingSystem.IsLinux())
            return; // there is no /proc to look at
        var commandLine = await File.ReadAllTextAsync($"/proc/{_run.Recado.Processes[process].ProcessId}/cmdline");

        Assert.That(commandLine, Does.Contain($"Recado.{process}.dll"));
        Assert.That(Found(commandLine), Is.Empty);
        Assert.That(commandLine, Does.Not.Contain("Password"));
    }

    [Test]
    public async Task No_health_report_tells_them([ValueSource(nameof(Processes))] string process)
    {
        foreach (var path in (string[])["/health/live", "/health/ready"])
        {
            using var answer = await _run.Recado.Processes[process].Http.GetAsync(path);
            Assert.That(Found(await answer.Content.ReadAsStringAsync()), Is.Empty);
        }
    }

    [Test]
    public async Task No_dead_letter_tells_them_outside_its_body()
    {
        await using var connection = new NpgsqlConnection(_run.Recado.Processes.Database + ";Pooling=false");
        await connection.OpenAsync();
        foreach (var schema in CanaryRun.Attacked.Select(queue => queue.Split('.')[0].Replace('-', '_')).Distinct())
        {
            await using var command = new NpgsqlCommand($"select concat_ws(' ', queue, wire_name, message_id, trace, reason, error) from {schema}.dead_letters", connection);
            await using var rows = await command.ExecuteReaderAsync();
            Assert.That(rows.HasRows, schema);
            while (await rows.ReadAsync())
                Assert.That(Found(rows.GetString(0)), Is.Empty);
        }
    }

    [Test]
    public void A_name_with_line_breaks_adds_no_line_to_a_log([ValueSource(nameof(Processes))] string process)
    {
        foreach (var line in _run.Recado.Processes[process].Output.Split('\n').Where(line => line.Length > 0))
        {
            Assert.That(() => JsonDocument.Parse(line).Dispose(), Throws.Nothing, line);
            Assert.That(line.Contains("forged-entry", StringComparison.Ordinal) || line.Contains('\u001b'), Is.False, line);
        }
    }

    private static IEnumerable<string> Processes() => FiveProcesses.Services;

    private static List<string> Found(string text) => [.. Canaries.Forbidden.Where(canary => text.Contains(canary, StringComparison.OrdinalIgnoreCase))];

    private static string Lines(string output) => string.Join('\n', output.Split('\n').Where(line => Found(line).Count > 0).Take(10));
}
