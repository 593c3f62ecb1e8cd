using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>The verb by which a container engine asks whether the service in the container is ready.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HealthCheckTests
{
    [Test]
    public async Task A_service_that_is_ready_says_so_whatever_way_its_address_is_given()
    {
        await using var ingest = await ReadyAsync();

        Assert.That(await AskAsync(("ASPNETCORE_URLS", $"http://127.0.0.1:{ingest.Port}")), Is.EqualTo(new Ended(0, "ingest is ready")));
        Assert.That(await AskAsync(("ASPNETCORE_URLS", $"https://*:1;http://*:{ingest.Port}")), Is.EqualTo(new Ended(0, "ingest is ready")));
        Assert.That(await AskAsync(("ASPNETCORE_URLS", ""), ("ASPNETCORE_HTTP_PORTS", $"{ingest.Port}")), Is.EqualTo(new Ended(0, "ingest is ready")));
        Assert.That(await AskAsync(["--Urls", $"http://0.0.0.0:{ingest.Port}"]), Is.EqualTo(new Ended(0, "ingest is ready")));
    }

    [Test]
    public async Task It_goes_by_no_proxy()
    {
        await using var ingest = await ReadyAsync();

        var ended = await AskAsync(("ASPNETCORE_URLS", $"http://127.0.0.1:{ingest.Port}"), ("http_proxy", $"http://127.0.0.1:{Ports.Free()}"), ("no_proxy", ""));

        Assert.That(ended.ExitCode, Is.Zero, ended.Output);
    }

    [Test]
    public async Task Where_nobody_listens_it_fails()
    {
        var ended = await AskAsync(("ASPNETCORE_URLS", $"http://127.0.0.1:{Ports.Free()}"));

        Assert.That(ended.ExitCode, Is.EqualTo(1));
        Assert.That(ended.Output, Does.StartWith("ingest does not answer: "));
    }

    [TestCase("https://*:8443", "ingest does not answer: it listens at no http address.")]
    [TestCase("nonsense", "ingest does not answer: ")]
    public async Task An_address_that_cannot_be_asked_is_said(string address, string sentence)
    {
        var ended = await AskAsync(("ASPNETCORE_URLS", address));

        Assert.That(ended.ExitCode, Is.EqualTo(1));
        Assert.That(ended.Output, Does.StartWith(sentence));
        Assert.That(ended.Output, Does.Not.Contain("   at "));
    }

    [Test]
    public async Task A_service_that_is_alive_but_cannot_work_is_not_ready()
    {
        await using var normalizer = new ServiceProcess("Normalizer", new Dictionary<string, string>
        {
            ["Broker"] = $"amqp://guest:guest@127.0.0.1:{Ports.Free()}/",
            ["Database"] = await FreshDatabase.CreateAsync(Engine.Sqlite),
            ["MigrateOnStart"] = "true",
        });
        await normalizer.LaunchAsync();
        await Until.TrueAsync(async () => (await AskAsync(("ASPNETCORE_URLS", $"http://127.0.0.1:{normalizer.Port}"))).Output == "ingest is not ready: 503",
            TimeSpan.FromSeconds(90), "the service answers that it is not ready");

        var ended = await AskAsync(("ASPNETCORE_URLS", $"http://127.0.0.1:{normalizer.Port}"));

        Assert.That(ended, Is.EqualTo(new Ended(1, "ingest is not ready: 503")));
    }

    private static async Task<ServiceProcess> ReadyAsync()
    {
        var ingest = new ServiceProcess("Ingest", new Dictionary<string, string>
        {
            ["Broker"] = "memory",
            ["Database"] = await FreshDatabase.CreateAsync(Engine.Sqlite),
            ["MigrateOnStart"] = "true",
        });
        await ingest.StartAsync();
        return ingest;
    }

    private static Task<Ended> AskAsync(params (string Name, string Value)[] environment) => AskAsync([], environment);

    /// <summary>Another process, without any of the settings that the service itself needs.</summary>
    private static async Task<Ended> AskAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        await using var asking = new ServiceProcess("Ingest", environment.ToDictionary(each => each.Name, each => each.Value));
        return await asking.RunToEndAsync(["healthcheck", .. arguments]);
    }
}
