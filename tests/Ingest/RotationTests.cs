using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Recado.Contracts;
using Recado.Platform.Hosting;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>A token is exchanged for another without a refused request, and the old one ends when it was said to.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class RotationTests(Engine engine)
{
    // The clock of RunningIngest stands at 2026-01-05T12:00:00Z.
    private const string Bundle =
        """
        {"stores":[{"id":"alpha","credentials":[
            {"source":"wiapy","token":"old","notAfter":"2026-01-05T13:00:00Z"}, {"source":"wiapy","token":"new"},
            {"source":"wiapy","token":"coming","notBefore":"2026-01-05T13:00:00Z"}]}]}
        """;

    [Test]
    public async Task Old_and_new_token_are_both_good_until_the_old_one_ends()
    {
        await using var ingest = await StartAsync();

        Assert.That(await StatusesAsync(ingest), Is.EqualTo(new[] { 200, 200, 401 }));
        ingest.Time.Advance(TimeSpan.FromHours(1));
        Assert.That(await StatusesAsync(ingest), Is.EqualTo(new[] { 200, 200, 200 }), "the last second counts");
        ingest.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await StatusesAsync(ingest), Is.EqualTo(new[] { 401, 200, 200 }));
    }

    [Test]
    public async Task Nothing_is_refused_while_a_sender_under_load_goes_from_the_old_token_to_the_new()
    {
        await using var ingest = await StartAsync();
        var statuses = new ConcurrentBag<int>();

        await Parallel.ForAsync(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            if (i == 250)
                ingest.Time.Advance(TimeSpan.FromHours(1)); // the old one is good to the last
            // From the 100th on some machines of the sender have the new token, from the 250th on all.
            var token = i < 100 || (i < 250 && i % 2 == 0) ? "old" : "new";
            statuses.Add((await ingest.WiapyAsync($$$"""{"payment":{"id":"{{{i}}}","status":"paid"}}""", token)).Status);
        });

        Assert.That(statuses, Has.Count.EqualTo(300).And.All.EqualTo(200));
        Assert.That(await ingest.StoredAsync(), Has.Count.EqualTo(300));
    }

    [Test]
    public async Task The_same_fact_told_with_both_tokens_is_one()
    {
        await using var ingest = await StartAsync();
        const string body = """{"payment":{"id":"p","status":"paid"}}""";

        var (first, second) = (await ingest.WiapyAsync(body, "old"), await ingest.WiapyAsync(body, "new"));

        Assert.That(second, Is.EqualTo(first with { Replay = true }));
    }

    [Test]
    public async Task A_token_that_is_taken_away_is_refused_once_the_table_is_read_again()
    {
        await using var ingest = await StartAsync();
        await ingest.Database.InTransactionAsync(transaction => transaction.ExecuteAsync("delete from credentials where source = 'wiapy'", default), default);

        await ingest.Credentials.RefreshAsync(default);

        Assert.That(await StatusesAsync(ingest), Is.EqualTo(new[] { 401, 401, 401 }), "no credentials at all open nothing");
    }

    [Test]
    public async Task A_table_that_somebody_else_changed_is_read_again_by_itself()
    {
        await using var ingest = await StartAsync();
        await ingest.Database.InTransactionAsync(transaction => transaction.ExecuteAsync("delete from credentials where source = 'wiapy'", default), default);

        await Until.TrueAsync(() => ingest.Credentials.Find(new DefaultHttpContext(), "new", Sources.Wiapy) is null, TimeSpan.FromSeconds(60), "the token is no longer good");
        Assert.That((await ingest.WiapyAsync("{}", "new")).Status, Is.EqualTo(401));
    }

    [TestCase("""{"source":"wiapi","token":"x"}""", "has no known source")]
    [TestCase("""{"source":"","token":"x"}""", "has no known source")]
    [TestCase("""{"source":"partner","token":"x"}""", "has no channel")]
    [TestCase("""{"source":"ezapi","token":"x","channel":""}""", "has no channel")]
    [TestCase("""{"source":"wiapy"}""", "has neither token nor tokenSha256")]
    [TestCase("""{"source":"wiapy","token":""}""", "has neither token nor tokenSha256")]
    [TestCase("""{"source":"wiapy","tokenSha256":"abc"}""", "has neither token nor tokenSha256")]
    [TestCase("""{"source":"wiapy","token":"x","notAfter":"tomorrow"}""", "has a notAfter that is not a time in UTC")]
    [TestCase("""{"source":"wiapy","token":"x","notAfter":"2026-01-05"}""", "has a notAfter that is not a time in UTC")]
    [TestCase("""{"source":"wiapy","token":"x","notBefore":"2026-01-05T13:00:00"}""", "has a notBefore that is not a time in UTC")]
    [TestCase("""{"source":"wiapy","token":"x","notBefore":"2026-01-05T13:00:00-03:00"}""", "has a notBefore that is not a time in UTC")]
    [TestCase("""{"source":"wiapy","token":"x","notBefore":"2026-01-05T13:00:00Z","notAfter":"2026-01-05T12:00:00Z"}""", "ends before it begins")]
    [TestCase("""{"source":"wiapy","token":"x","signing":{"secrets":["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]}}""", "has signing, which only partner and events know")]
    [TestCase("""{"source":"events","token":"x","signing":{}}""", "must have one or two signing secrets")]
    [TestCase("""{"source":"events","token":"x","signing":{"secrets":[]}}""", "must have one or two signing secrets")]
    [TestCase("""{"source":"events","token":"x","signing":{"secrets":["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]}}""", "has a signing secret that is not whsec_")]
    [TestCase("""{"source":"events","token":"x","signing":{"secrets":["whsec_c2hvcnQ="]}}""", "has a signing secret that is not whsec_")]
    [TestCase("""{"source":"events","token":"x","signing":{"secrets":["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],"toleranceSeconds":0}}""", "has a signing tolerance")]
    public async Task A_credential_that_says_something_impossible_ends_the_start_with_a_sentence(string credential, string fault)
    {
        var database = await FreshDatabase.CreateAsync(engine);

        Assert.That(async () => await RunningIngest.StartAsync(database, $$"""{"stores":[{"id":"alpha","credentials":[{{credential}}]}]}""", []),
            Throws.InstanceOf<CannotStartException>().With.Message.Contains(fault).And.Message.Contains("store 'alpha'"));
    }

    private async Task<RunningIngest> StartAsync() => await RunningIngest.StartAsync(await FreshDatabase.CreateAsync(engine), Bundle, [("Ingest:RateLimit:FailuresPerMinute", "0")]);

    private static async Task<int[]> StatusesAsync(RunningIngest ingest) =>
        [(await ingest.WiapyAsync("{}", "old")).Status, (await ingest.WiapyAsync("{}", "new")).Status, (await ingest.WiapyAsync("{}", "coming")).Status];
}
