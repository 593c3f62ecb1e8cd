using Recado.Tests.Infrastructure;

namespace Recado.Tests.Normalizer;

public sealed class OutageTests
{
    [TestCase("/api/v1/quarantine")]
    [TestCase("/api/v1/drift")]
    public async Task Who_asks_while_the_database_is_away_is_told_to_come_again(string path)
    {
        await using var server = await Servers.NewPostgresAsync();
        await server.StartAsync();
        await using var normalizer = await RunningNormalizer.StartAsync(server.ConnectionString("postgres"));
        Assert.That((await normalizer.GetAsync(path)).Status, Is.EqualTo(200));

        await server.StopAsync();
        var away = await normalizer.GetAsync(path);
        Assert.That((away.Status, away["code"]), Is.EqualTo((503, "unavailable")));

        await server.StartAsync();
        Heard? back = null;
        await Until.TrueAsync(async () => (back = await normalizer.GetAsync(path)).Status == 200, TimeSpan.FromSeconds(90), "it answers again");
        Assert.That(back!["items"] ?? back["sources"], Is.Not.Null);
    }
}
