using Npgsql;
using Recado.Tests.EndToEnd;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Observability;

/// <summary>Figures say what happened: once what happened once, and nothing of what was rolled back.</summary>
public sealed class CountingTests
{
    private NpgsqlDataSource _database = null!;

    private static WatchedRecado Watched => WatchedRun.Recado;

    [OneTimeSetUp]
    public async Task WatchAsync()
    {
        await WatchedRun.StartedAsync();
        _database = NpgsqlDataSource.Create(Watched.Recado.Processes.Database);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _database.DisposeAsync();

    [Test]
    public async Task A_webhook_told_three_times_is_accepted_once_and_twice_a_duplicate()
    {
        var (accepted, duplicates) = (Accepted("partner"), Total("recado.webhooks.duplicates", ("source", "partner")));

        for (var time = 0; time < 3; time++)
            await Watched.PostAsync(Partner("5511955560002"));

        await WatchedRecado.WaitForAsync(() => Total("recado.webhooks.duplicates", ("source", "partner")) >= duplicates + 2, "two duplicates are counted");
        Assert.That((Accepted("partner"), Total("recado.webhooks.duplicates", ("source", "partner"))), Is.EqualTo((accepted + 1, duplicates + 2)));
    }

    [Test]
    public async Task A_webhook_whose_commit_fails_is_not_counted()
    {
        var accepted = Accepted("partner");
        // It fails as late as it can: all statements have been run.
        await DoAsync(
            """
            create function ingest.refuse() returns trigger language plpgsql as 'begin raise exception check_violation; end';
            create constraint trigger refuses after insert on ingest.webhooks deferrable initially deferred for each row execute function ingest.refuse()
            """);
        var failed = await Watched.PostAsync(Partner("5511955560003"));
        await DoAsync("drop function ingest.refuse() cascade");
        Assert.That((int)failed.Status, Is.GreaterThanOrEqualTo(500));

        await Watched.PostAsync(Partner("5511955560004"));

        await WatchedRecado.WaitForAsync(() => Accepted("partner") > accepted, "the next one is counted");
        Assert.That(Accepted("partner"), Is.EqualTo(accepted + 1));
    }

    [Test]
    public async Task What_a_handler_did_before_it_failed_is_not_counted_and_its_death_is()
    {
        var (dead, quarantined) = (Total("recado.dead_letters", ("reason", "failed")), Quarantined());
        await DoAsync("alter table normalizer.quarantine add constraint refuses check (source <> 'wiapy') not valid");
        await Watched.PostAsync(Unknown("dies"));
        await WatchedRecado.WaitForAsync(() => Total("recado.dead_letters", ("queue", "normalizer.webhook-received"), ("reason", "failed")) == dead + 1, "the message is dead");
        await DoAsync("alter table normalizer.quarantine drop constraint refuses");

        await Watched.PostAsync(Unknown("lives"));

        await WatchedRecado.WaitForAsync(() => Quarantined() > quarantined, "the next one is counted");
        Assert.That((Quarantined(), Total("recado.dead_letters", ("reason", "failed"))), Is.EqualTo((quarantined + 1, dead + 1)));
    }

    [Test]
    public async Task The_revenue_recovered_is_what_was_paid_after_a_reminder()
    {
        var before = Recovered();
        await Watched.PostAsync(WatchedRecado.Payment("unreminded", "5511955560006")); // nobody reminded this one
        await Watched.RecoverAPurchaseAsync("mug", "5511955560005");
        await Watched.PostAsync(WatchedRecado.Payment("mug-again", "5511955560005")); // and nobody this second purchase

        await Watched.RecoverAPurchaseAsync("spoon", "5511955560007", "0.07");
        await WatchedRecado.WaitForAsync(() => (Recovered() - before) % 10 == 7, "the last one is counted");
        Assert.That(Recovered(), Is.EqualTo(before + 19_990 + 7));
    }

    [Test]
    public async Task A_step_that_nobody_could_ask_for_in_time_is_told_to_be_late()
    {
        var cart = await Watched.PostAsync(Webhook.Cart(WatchedRecado.Cart("late", "5511955560008")));
        await Watched.Recado.WaitForTimelineAsync(cart.Id, lines => lines.Any(line => line.What == "started"), "the journey waits");
        await Watched.Recado.Processes.KillAsync("AutomationMatcher");
        var known = Watched.Metrics.Where(metric => metric.Service == "automation-matcher").Select(metric => metric.Instance).ToHashSet();
        await Until.TrueAsync(async () => await AskAsync("select count(*) from automation_matcher.journeys where state = 'waiting' and due_at < now() - interval '3 seconds'") > 0,
            RunningRecado.Soon, "a step is three seconds late");

        await Watched.Recado.Processes.RestartAsync("AutomationMatcher");

        OtlpMetric? Lateness() => Watched.Metrics.LastOrDefault(metric => metric.Name == "recado.timers.lateness" && !known.Contains(metric.Instance));
        await WatchedRecado.WaitForAsync(() => Lateness() is not null, "the new process has told of steps");
        Assert.That(Lateness()!.Count, Is.GreaterThanOrEqualTo(1));
        Assert.That(Lateness()!.Value, Is.GreaterThanOrEqualTo(3));
    }

    [Test]
    public async Task Messages_are_counted_when_they_are_sent_and_read()
    {
        var (sent, read) = (Total("recado.sends", ("outcome", "sent")), Total("recado.receipts", ("status", "read")));

        var answer = await Watched.PostAsync(Partner("5511955560009"));
        await Watched.Recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "read"), "the message is read");

        await WatchedRecado.WaitForAsync(() => Total("recado.sends", ("outcome", "sent")) > sent && Total("recado.receipts", ("status", "read")) > read, "both are counted");
        await WatchedRecado.WaitForAsync(() => Taken().Sum(metric => metric.Count) == Total("recado.sends", ("outcome", "sent")), "every message that the gateway took is counted once");
        Assert.That(Taken().Sum(metric => metric.Value), Is.Positive);

        IEnumerable<OtlpMetric> Taken() => Watched.Metrics.Where(metric => metric.Name == "recado.gateway.duration" && metric.Attributes["result"] == "sent");
    }

    private static Webhook Partner(string phone) => Webhook.Partner(
        $$"""{"event":"cart.abandoned","phone":"{{phone}}","customer":"Nina","store":"Loja","value":10.00,"url":"https://checkout.exemplo.com/{{phone}}"}""");

    private static Webhook Unknown(string id) => Webhook.Wiapy(
        $$$"""{"payment":{"id":"{{{id}}}","status":"in_analysis","amount":4700,"payment_method":"pix"},"customer":{"name":"Ana","mobile_phone":"(11) 95555-0001"}}""");

    private static double Total(string name, params (string Name, string Value)[] attributes) => Watched.Total(name, attributes);

    private static double Accepted(string source) => Total("recado.webhooks.accepted", ("source", source));

    private static double Quarantined() => Total("recado.webhooks.quarantined", ("source", "wiapy"));

    private static double Recovered() => Total("recado.revenue.recovered", ("currency", "BRL"));

    private async Task DoAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> AskAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
