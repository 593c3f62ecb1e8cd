using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Npgsql;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>
/// Ingest as a process on PostgreSQL, one store that sends all it can and one that sends a little. The latencies are printed
/// for people; what is asserted is that the quiet store is served, what is refused is refused properly, and what is accepted is kept.
/// </summary>
public sealed class OverloadTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private sealed record Told(int Status, string? WebhookId, bool SaysWhen, double Milliseconds);

    [TestCase("200", 10, 20, TestName = "A_noisy_store_with_19_of_20_requests_at_the_usual_limits")]
    [TestCase("200", 256, 0, TestName = "A_noisy_store_that_sends_all_it_can_at_the_usual_limits")]
    [TestCase("0", 256, 0, TestName = "A_noisy_store_that_sends_all_it_can_without_limits_of_rate")]
    public async Task A_noisy_store(string perSecond, int connections, int pause)
    {
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var ingest = new ServiceProcess("Ingest", new Dictionary<string, string>
        {
            ["Broker"] = "memory",
            ["Database"] = database,
            ["MigrateOnStart"] = "true",
            ["Bootstrap"] = await BundleAsync(),
            ["Ingest__MaxWaiting"] = "100",
            ["Ingest__RateLimit__PerSecond"] = perSecond,
        });
        await ingest.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 400 }) { BaseAddress = ingest.Http.BaseAddress };
        await QuietAsync(http, TimeSpan.FromSeconds(2)); // warm
        var alone = await QuietAsync(http, Long);

        using var enough = new CancellationTokenSource();
        var noisy = new ConcurrentBag<Told>();
        var senders = Enumerable.Range(0, connections).Select(_ => NoisyAsync(http, noisy, pause, enough.Token)).ToList();
        await Until.TrueAsync(() => noisy.Count(told => told.Status == 503) > 50, TimeSpan.FromSeconds(60), "the noisy store is refused");
        var memory = ResidentMiB(ingest.ProcessId);
        var beside = await QuietAsync(http, Long);
        await enough.CancelAsync();
        await Task.WhenAll(senders);
        var grown = ResidentMiB(ingest.ProcessId) - memory;

        TestContext.Progress.WriteLine($"Overload, {perSecond}/s per store, {connections} connections, {pause} ms pause: quiet alone {Shown(alone)}, beside {Shown(beside)}, ratio {Median(beside) / Median(alone):0.0}; "
            + $"noisy {noisy.Count} sent, {noisy.Count(told => told.Status == 200)} accepted; {memory} MiB, {grown} more at the end");
        Assert.That(alone.Concat(beside).Select(told => told.Status), Has.All.EqualTo(200));
        Assert.That(noisy.Where(told => told.Status != 200), Has.All.Property("Status").EqualTo(503).And.All.Property("SaysWhen").True);
        Assert.That(Median(beside), Is.LessThan(20 * Math.Max(Median(alone), 10)), "no more than an order of magnitude, on a machine that does other things as well");
        Assert.That(grown, Is.LessThan(200));
        await AssertAllStoredAsync(database, noisy.Concat(alone).Concat(beside));
    }

    private static async Task<List<Told>> QuietAsync(HttpClient http, TimeSpan duration)
    {
        var (clock, told) = (Stopwatch.StartNew(), new List<Told>());
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
        while (clock.Elapsed < duration && await pace.WaitForNextTickAsync())
            told.Add(await SendAsync(http, "quiet"));
        return told;
    }

    private static async Task NoisyAsync(HttpClient http, ConcurrentBag<Told> told, int pause, CancellationToken enough)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Max(1, pause)));
        while (!enough.IsCancellationRequested && (pause == 0 || await pace.WaitForNextTickAsync(CancellationToken.None)))
            told.Add(await SendAsync(http, "noisy"));
    }

    private static async Task<Told> SendAsync(HttpClient http, string token)
    {
        var clock = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/wiapy") { Content = new StringContent($$$"""{"payment":{"id":"{{{Guid.NewGuid()}}}","status":"paid"}}""") };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Authorization", token);
        using var response = await http.SendAsync(request);
        return new((int)response.StatusCode, response.Headers.TryGetValues("Recado-Webhook-Id", out var ids) ? ids.Single() : null,
            response.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1), clock.Elapsed.TotalMilliseconds);
    }

    private static async Task AssertAllStoredAsync(string database, IEnumerable<Told> told)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select webhook_id from ingest.webhooks", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var stored = new HashSet<string>();
        while (await reader.ReadAsync())
            stored.Add(reader.GetGuid(0).ToString());
        Assert.That(told.Where(each => each.Status == 200 && !stored.Contains(each.WebhookId!)), Is.Empty);
    }

    private static async Task<string> BundleAsync()
    {
        var path = Path.Combine(RunFolder.New("overload"), "bundle.json");
        await File.WriteAllTextAsync(path, """{"stores":[{"id":"noisy","credentials":[{"source":"wiapy","token":"noisy"}]},{"id":"quiet","credentials":[{"source":"wiapy","token":"quiet"}]}]}""");
        return path;
    }

    private static double Median(List<Told> told) => told.Select(each => each.Milliseconds).Order().ElementAt(told.Count / 2);

    private static string Shown(List<Told> told) =>
        $"p50 {Median(told):0.0} ms p99 {told.Select(each => each.Milliseconds).Order().ElementAt(told.Count * 99 / 100):0.0} ms of {told.Count}";

    private static long ResidentMiB(int process) => OperatingSystem.IsLinux()
        ? long.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024
        : 0;
}
