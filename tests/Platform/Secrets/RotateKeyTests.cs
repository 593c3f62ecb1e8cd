using System.Security.Cryptography;
using System.Text.Json;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform.Secrets;

/// <summary>An old key is taken away once nothing needs it, also what no bundle brings any more.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class RotateKeyTests(Engine engine)
{
    private readonly string _old = NewKey();
    private readonly string _new = NewKey();
    private string _database = "";

    [SetUp]
    public async Task PrepareAsync() => _database = await FreshDatabase.CreateAsync(engine);

    [TestCase("Ingest", "signing secrets")]
    [TestCase("WhatsAppDispatcher", "gateways")]
    public async Task Everything_is_sealed_with_the_new_key_and_the_old_one_can_go(string service, string what)
    {
        await using (var first = Process(service, _old, await BundleAsync()))
        {
            await first.StartAsync();
            await first.StopAsync();
        }
        await using var both = Process(service, $"{_new},{_old}");
        await using var without = Process(service, _new);

        RefusedStart.AssertSaidLike(await without.RunToEndAsync("rotate-key"), "neither in Secrets:KeyFile nor in Secrets:Key");
        var anew = Spoken.LinesOf(await both.RunToEndAsync("rotate-key"));
        var again = Spoken.LinesOf(await both.RunToEndAsync("rotate-key"));

        Assert.That(anew.Single(), Does.StartWith($"{what}: 1 sealed anew, 0 were sealed with the current key. Once every replica has started with the current key first, the older keys can be taken away"));
        Assert.That(again.Single(), Does.StartWith($"{what}: 0 sealed anew, 1 were sealed with the current key. "));
        Assert.That(Spoken.LinesOf(await without.RunToEndAsync("rotate-key")), Is.EqualTo(new[] { $"{what}: 0 sealed anew, 1 were sealed with the current key. There is no older key." }));
        await without.StartAsync();
        Assert.That(await without.IsReadyAsync(), Is.True);
    }

    [Test]
    public async Task Without_signed_senders_there_is_nothing_to_do_and_no_key_is_asked_for()
    {
        await using var ingest = Process("Ingest", "");
        await ingest.RunToEndAsync("migrate");

        Assert.That(Spoken.LinesOf(await ingest.RunToEndAsync("rotate-key")), Is.EqualTo(new[] { "signing secrets: 0 sealed anew, 0 were sealed with the current key. There is no older key." }));
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private ServiceProcess Process(string service, string key, string bundle = "") => new(service, new Dictionary<string, string>
    {
        ["Broker"] = "memory",
        ["Database"] = _database,
        ["MigrateOnStart"] = "true",
        ["Secrets__Key"] = key,
        ["Bootstrap"] = bundle,
        ["Dispatcher__AllowPrivateGateways"] = "true",
    });

    private static async Task<string> BundleAsync()
    {
        var store = new
        {
            id = "alpha",
            credentials = new[] { new { source = "events", token = "alpha-events", signing = new { secrets = new[] { "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" } } } },
            gateways = new[] { new { instance = "INSTANCE_1", baseAddress = "http://127.0.0.1:9", token = "canary-token", clientToken = "canary-client-token" } },
        };
        var path = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { stores = new[] { store } }));
        return path;
    }
}
