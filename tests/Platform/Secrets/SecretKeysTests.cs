using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;
using Recado.Platform.Hosting;
using Recado.Platform.Secrets;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform.Secrets;

/// <summary>Where the keys come from.</summary>
public sealed class SecretKeysTests
{
    private static readonly SecretPlace Place = new("alpha", "gateway", "INSTANCE_1");

    [Test]
    public void On_SQLite_a_key_is_made_once_beside_the_database_for_its_owner_only()
    {
        var folder = Path.Combine(RunFolder.New("key"), "data");
        var database = $"Data Source={Path.Combine(folder, "recado.db")}";

        var first = Keys(new(), database);
        var file = Path.Combine(folder, "recado.key");
        var sealedSecret = new SecretBox(first).Seal(Place, [1, 2, 3]);

        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(Directory.GetFiles(folder), Is.EqualTo(new[] { file }));
        Assert.That(new SecretBox(Keys(new(), database)).Open(Place, sealedSecret), Is.EqualTo(new byte[] { 1, 2, 3 }), "the same key at the next start");
    }

    [Test]
    public async Task Of_many_that_start_at_once_one_makes_the_key()
    {
        for (var round = 0; round < 50; round++)
        {
            var folder = RunFolder.New("key");

            using var together = new Barrier(16);
            var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(() =>
            {
                together.SignalAndWait();
                return new SecretBox(Keys(new(), $"Data Source={Path.Combine(folder, "recado.db")}"));
            }, TaskCreationOptions.LongRunning)));

            var sealedSecret = all[0].Seal(Place, [7]);
            Assert.That(all.Select(box => box.Open(Place, sealedSecret)[0]), Has.All.EqualTo(7), $"round {round}");
            Assert.That(Directory.GetFiles(folder), Is.EqualTo(new[] { Path.Combine(folder, "recado.key") }), "nothing is left over");
        }
    }

    [Test]
    public void On_PostgreSQL_it_has_to_be_given() => Assert.That(() => Keys(new(), "Host=localhost"),
        Throws.InstanceOf<CannotStartException>().With.Message.EqualTo(
            "this service keeps secrets and has no key for them: set Secrets:KeyFile or Secrets:Key (give 32 random bytes in base64, for example by 'openssl rand -base64 32')."));

    [Test]
    public void It_is_read_from_a_file()
    {
        var file = Path.Combine(RunFolder.New("key"), "keys");
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        File.WriteAllText(file, key + "\n");

        var sealedSecret = new SecretBox(Keys(new() { KeyFile = file }, "Host=localhost")).Seal(Place, [7]);

        Assert.That(new SecretBox(Keys(new() { Key = key }, "Host=localhost")).Open(Place, sealedSecret), Is.EqualTo(new byte[] { 7 }));
    }

    [Test]
    public void A_file_that_cannot_be_read_is_named() => Assert.That(() => Keys(new() { KeyFile = "/nowhere/keys" }, "Host=localhost"),
        Throws.InstanceOf<CannotStartException>().With.Message.StartsWith("the key file '/nowhere/keys' cannot be read:"));

    [Test]
    public async Task Both_are_refused()
    {
        await using var process = new ServiceProcess("WhatsAppDispatcher", new Dictionary<string, string>
        {
            ["Broker"] = "memory",
            ["Database"] = await FreshDatabase.CreateAsync(Engine.Sqlite),
            ["Secrets__Key"] = "a",
            ["Secrets__KeyFile"] = "b",
        });

        RefusedStart.AssertSaid(await process.RunToEndAsync(), "whatsapp-dispatcher cannot start: Set Secrets:Key or Secrets:KeyFile, not both.");
    }

    private static SecretKeys Keys(SecretsOptions secrets, string database) => new(Options.Create(secrets), Options.Create(new DatabaseOptions { Database = database }));
}
