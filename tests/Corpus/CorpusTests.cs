using System.Text.RegularExpressions;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Corpus;

/// <summary>Thousands of bad and odd requests against a running Recado: what the world sees of it, and what customers get.</summary>
public sealed class CorpusTests
{
    private const int Shown = 25;

    /// <summary>Of the valid webhooks that are posted when everything else is over.</summary>
    private static readonly Person[] Proofs = [.. Enumerable.Range(9_000_000, Corpus.Endpoints.Count).Select(number => new Person(number))];

    private CorpusRun run = null!;
    private IReadOnlyList<GatewayMessage> messages = [];

    [OneTimeSetUp]
    public async Task Post_everything_twice()
    {
        run = await CorpusRun.StartAsync();
        await run.PostTwiceAsync();
        foreach (var (endpoint, person) in Corpus.Endpoints.Zip(Proofs))
            await run.ProveAsync(endpoint, person);
        messages = await run.Gateway.AllAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await run.DisposeAsync();

    [Test]
    public void Nothing_is_our_fault() =>
        AssertNone(run.Cases.Where(posted => IsOurFault(posted.First) || IsOurFault(posted.Second)), posted => $"{posted} is answered with {posted.First}, then with {posted.Second}");

    [Test]
    public async Task The_process_is_the_same_and_ready()
    {
        Assert.That(run.Process, Is.EqualTo(run.FirstProcess));
        Assert.That(await run.IsReadyAsync(), Is.True);
    }

    [Test]
    public void Every_answer_is_documented() =>
        AssertNone(run.Cases.Where(posted => !posted.Endpoint.Documents(posted.First)), posted => $"{posted} is answered with {posted.First}");

    [Test]
    public void Where_one_answer_is_right_it_is_that() =>
        AssertNone(run.Cases.Where(posted => posted.Case.Answer is { } wanted && (posted.First.Status != wanted.Status || !posted.First.Body.Contains($"\"{wanted.Code}\"", StringComparison.Ordinal))),
            posted => $"{posted} is answered with {posted.First} instead of {posted.Case.Answer}");

    [Test]
    public void The_second_time_is_answered_like_the_first() =>
        AssertNone(run.Cases.Where(posted => !posted.HangsUp && !AreAlike(posted.First, posted.Second)),
            posted => $"{posted} is answered with {posted.First}, then with {posted.Second}");

    [Test]
    public async Task Every_2xx_is_stored_and_handled()
    {
        var stored = await run.Stored.WebhooksAsync();
        var accepted = run.Cases.Where(posted => posted.First.IsAccepted).ToList();

        AssertNone(accepted.Where(posted => posted.First.WebhookId is not { } id || !stored.Contains(id)), posted => $"{posted} is answered with {posted.First}, and not stored");
        await run.SettleAsync(); // receipts of the last messages may still come
        foreach (var posted in accepted.Where(posted => posted.Endpoint.Sends).Where((_, i) => i % 20 == 0))
            Assert.That(await run.HasTimelineAsync(posted.First.WebhookId!.Value), Is.True, $"{posted} has no timeline");
    }

    [Test]
    public void No_bad_case_led_to_a_message()
    {
        var bad = Of(Kind.Bad);
        var others = Of(Kind.Odd).Keys.Concat(Proofs.Select(person => person.Phone)).ToHashSet();

        AssertNone(messages.Where(message => bad.ContainsKey(message.Phone)), message => $"{bad[message.Phone]} sent a message ({bad[message.Phone].First})");
        AssertNone(messages.Where(message => !bad.ContainsKey(message.Phone) && !others.Contains(message.Phone)), message => $"nobody's phone got a message: {message.Phone}");
        Assert.That(messages.CountBy(message => message.Phone), Has.All.Property("Value").EqualTo(1), "each case is told once");
    }

    [Test]
    public void What_odd_cases_sent_is_inert()
    {
        var odd = Of(Kind.Odd);
        var sent = messages.Where(message => odd.ContainsKey(message.Phone)).Select(message => (Message: message, Posted: odd[message.Phone])).ToList();

        AssertNone(sent.Where(pair => InertText.Problem(pair.Message, pair.Posted.Case) is not null), pair => $"{pair.Posted}: {InertText.Problem(pair.Message, pair.Posted.Case)}: {pair.Message.Text}");
        foreach (var category in (string[])["Valid", nameof(NaughtyText), nameof(Links), nameof(Codes), nameof(Phones), nameof(Amounts), nameof(Sizes)])
            Assert.That(sent.Count(pair => pair.Posted.Case.Category == category), Is.GreaterThan(odd.Values.Count(posted => posted.Case.Category == category) / 2), $"{category}: nothing would be shown if nothing were sent");
    }

    [Test]
    [Platform("Linux")]
    public void Memory_is_flat() => Assert.That(run.Memory[1] - run.Memory[0], Is.LessThanOrEqualTo(50), $"{run.Memory[0]} MiB after the first pass, {run.Memory[1]} after the second");

    [Test]
    public void The_log_tells_no_person_and_no_secret()
    {
        string[] canaries = [CorpusBundle.Secret, $"@{Person.Domain}", "rio Silva", "Loja do Can", "mau.example", "alert(1)"];
        var lines = run.Log.Split('\n');

        AssertNone(lines.Where(line => canaries.Any(canary => line.Contains(canary, StringComparison.OrdinalIgnoreCase)) || Regex.IsMatch(line, @"559597\d{7}|95\)? ?97\d{3}-?\d{4}")), line => line);
        AssertNone(lines.Where(line => Regex.IsMatch(line, "\"LogLevel\":\"(Error|Critical)\"")), line => line);
    }

    private Dictionary<string, Posted> Of(Kind kind) => run.Cases.Where(posted => posted.Case.Kind == kind).ToDictionary(posted => posted.Person.Phone);

    // A repeat of what was accepted has the same id; a cart's body says that it is one.
    private static bool AreAlike(RawAnswer first, RawAnswer second) =>
        first.Status == second.Status && first.WebhookId == second.WebhookId && (first.IsAccepted || first.Body == second.Body);

    // 501 and 505 are the sender's fault in spite of their number: a coding, a version that nobody speaks.
    private static bool IsOurFault(RawAnswer answer) => answer.Status >= 500 && answer.Status is not (501 or 505);

    private static void AssertNone<T>(IEnumerable<T> wrong, Func<T, string> tell)
    {
        var told = wrong.Select(tell).Order(StringComparer.Ordinal).ToList();
        if (told.Count > 0)
            Assert.Fail($"{told.Count} of them:\n{string.Join('\n', told.Take(Shown).Select(each => each.Length <= 600 ? each : each[..600] + "…"))}");
    }
}
