namespace Recado.Tests.Corpus;

public sealed class CorpusSizeTests
{
    private static readonly string[] Wanted =
    [
        nameof(Malformed), nameof(BrokenText), nameof(Documents), nameof(Structure), nameof(NaughtyText), nameof(Phones), nameof(Links), nameof(HttpShapes), nameof(Framing), nameof(Sizes),
        nameof(Credentials), nameof(DuplicateKeys),
    ];

    private static IReadOnlyList<Endpoint> Endpoints => Corpus.Endpoints;

    [TestCaseSource(nameof(Endpoints))]
    public void An_endpoint_has_a_thousand_bad_inputs_that_differ_in_more_than_their_ids(object endpoint)
    {
        var cases = Corpus.Of((Endpoint)endpoint);
        var bad = cases.Where(@case => @case.Kind == Kind.Bad).ToList();

        TestContext.Progress.WriteLine($"{endpoint}: {bad.Count} bad, {cases.Count - bad.Count} odd; {string.Join(", ", cases.GroupBy(@case => @case.Category).Select(group => $"{group.Key} {group.Count(@case => @case.Kind == Kind.Bad)}+{group.Count(@case => @case.Kind == Kind.Odd)}"))}");
        Assert.That(bad.Select(Corpus.Fingerprint).Distinct().Count(), Is.EqualTo(bad.Count).And.GreaterThanOrEqualTo(1000));
        Assert.That(cases.Select(@case => @case.Category).Distinct(), Is.SupersetOf(Wanted));
        Assert.That(cases.Select(@case => @case.ToString()), Is.Unique, "a failure names one case");
    }

    [TestCaseSource(nameof(Endpoints))]
    public void The_corpus_is_the_same_each_time(object endpoint)
    {
        string[] once = [.. Corpus.Of((Endpoint)endpoint).Select(Corpus.Fingerprint)];
        string[] again = [.. Corpus.Of((Endpoint)endpoint).Select(Corpus.Fingerprint)];

        Assert.That(again, Is.EqualTo(once));
    }
}
