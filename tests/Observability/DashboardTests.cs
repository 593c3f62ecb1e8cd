using Recado.Tests.Infrastructure;

namespace Recado.Tests.Observability;

/// <summary>What the dashboard and the rules ask for is what the services tell, and nothing that they tell is forgotten.</summary>
public sealed class DashboardTests
{
    private IReadOnlyList<OtlpMetric> _metrics = [];

    [OneTimeSetUp]
    public async Task WatchAsync()
    {
        await WatchedRun.StartedAsync();
        _metrics = WatchedRun.Recado.Metrics;
    }

    [Test]
    public void Every_metric_and_label_of_the_dashboard_is_exported() =>
        Assert.That(Watch.Panels.SelectMany(panel => panel.Unknown(Known()).Select(unknown => $"{unknown} in {panel.Text}")), Is.Empty);

    [Test]
    public void Every_metric_and_label_of_the_rules_is_exported() =>
        Assert.That(Watch.Alerts.SelectMany(rule => rule.Expression.Unknown(Known()).Select(unknown => $"{unknown} in {rule.Name}")), Is.Empty);

    [Test]
    public void Every_instrument_is_exported_by_a_run_in_which_everything_happens_once() =>
        Assert.That(Watch.Instruments, Is.Unique.And.EquivalentTo(Own().Select(metric => metric.Name).Distinct()));

    [Test]
    public void Every_instrument_is_explained() => Assert.That(Watch.Explained, Is.Unique.And.EquivalentTo(Watch.Instruments));

    [Test]
    public void Every_instrument_is_shown_by_the_dashboard_or_a_rule()
    {
        var shown = Watch.Panels.Concat(Watch.Alerts.Select(rule => rule.Expression)).SelectMany(expression => expression.Series).ToHashSet();

        Assert.That(Own().Where(metric => !PrometheusNames.Of(metric).Any(each => shown.Contains(each.Series))).Select(metric => metric.Name).Distinct(), Is.Empty);
        Assert.That(Watch.Panels, Has.Count.GreaterThan(30));
    }

    [Test]
    public void No_attribute_tells_of_a_store_a_customer_or_a_message()
    {
        string[] closed = ["source", "reason", "schema", "queue", "state", "outcome", "status", "result", "currency"];

        Assert.That(Own().SelectMany(metric => metric.Attributes.Keys).Distinct(), Is.EquivalentTo(closed));
        // A queue or a reason is a word of ours; what senders write has other letters or is longer.
        Assert.That(Own().SelectMany(metric => metric.Attributes.Values), Has.All.Matches("^([a-z_.-]{2,50}|[A-Z]{3})$"));
    }

    [TestCase("sum by (source) (rate(recado_webhooks_accepted_total[5m]))", "")]
    [TestCase("sum by (customer) (rate(recado_webhooks_accepted_total[5m]))", "by (customer)")]
    [TestCase("rate(recado_webhooks_accepted_total{store=\"x\"}[5m] offset 1d) > 0", "recado_webhooks_accepted_total{store}")]
    [TestCase("recado_webhooks_accepted unless on () recado_outbox_age_seconds", "recado_webhooks_accepted")]
    [TestCase("histogram_quantile(0.95, sum by (queue, le) (rate(recado_queue_age_seconds_bucket[$__rate_interval])))", "")]
    [TestCase("recado_queue_age_seconds > 1", "recado_queue_age_seconds")]
    public void A_name_that_nobody_exports_is_seen(string expression, string unknown) =>
        Assert.That(string.Join(", ", new Expression(expression).Unknown(Known())), Is.EqualTo(unknown));

    private IEnumerable<OtlpMetric> Own() => _metrics.Where(metric => metric.Name.StartsWith("recado.", StringComparison.Ordinal));

    private ILookup<string, string> Known() => _metrics.SelectMany(PrometheusNames.Of).SelectMany(each => each.Labels.Select(label => (each.Series, label)))
        .Distinct().ToLookup(each => each.Series, each => each.label);
}
