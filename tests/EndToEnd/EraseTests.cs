using System.Net;
using System.Text.Json.Nodes;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.EndToEnd;

/// <summary>A person asks a shop to be forgotten (LGPD, art. 18), and is; everybody else stays.</summary>
[TestFixture(Topology.Standalone)]
[TestFixture(Topology.FiveProcesses)]
public sealed class EraseTests(Topology topology)
{
    private const string Phone = "5511944433221";
    private const string Neighbour = "5511944433222";

    /// <summary>What only this person gave, in every form in which it may stand somewhere.</summary>
    private static readonly string[] Theirs = ["Olvidina", "olvidina@canario.example", "39053344705", "390.533.447-05", "11944433221", "1144433221", "94443-3221", "CARTOLVIDO1"];

    private readonly string _folder = RunFolder.New("erase");
    private RunningRecado _recado = null!;
    private ServiceProcess? _standalone;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (topology == Topology.FiveProcesses)
        {
            _recado = await FiveProcessRecado.StartAsync();
            return;
        }
        var database = Path.Combine(_folder, "recado.db");
        _recado = await StandaloneRecado.StartAsync(database: database);
        _standalone = new ServiceProcess("Standalone", new Dictionary<string, string> { ["Broker"] = "memory", ["Database"] = $"Data Source={database}", ["MigrateOnStart"] = "true" });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_standalone is not null)
            await _standalone.DisposeAsync();
        await _recado.DisposeAsync();
    }

    [Test, Order(1)]
    public async Task Nothing_of_them_is_left_and_that_they_were_written_to_stays_as_proof()
    {
        var (welcome, cart, unclear) = await MeetAsync("Olvidina", Phone, "olvidina@canario.example", "390.533.447-05", "CARTOLVIDO1");
        var neighbour = await MeetAsync("Vizinha", Neighbour, "vizinha@canario.example", "529.982.247-25", "CARTVIZINHA");
        Assert.That(await LeftAsync(), Is.SupersetOf(new[] { "Olvidina", "olvidina@canario.example", "39053344705", "CARTOLVIDO1", "94443-3221" }), "what a look at everything finds");

        var counted = await EraseAsync("--email", "OLVIDINA@canario.example", "--dry-run");
        Assert.That(string.Join('\n', counted), Does.Contain("automation-matcher: would erase").And.Contain("2 events, 2 journeys (1 under way), 1 messages"));
        Assert.That((await _recado.TimelineAsync(cart)).Select(line => line.What), Has.None.EqualTo("erased"));
        var said = await EraseAsync("--email=olvidina@canario.example", $"--phone=+{Phone}", "--document=390.533.447-05");

        Assert.That(string.Join('\n', said), Does.Contain("2 events, 2 journeys (1 under way), 1 messages"));
        Assert.That(Theirs.Where(string.Join('\n', said).Contains), Is.Empty, "nor is it said");
        IReadOnlyList<string> left = [];
        await Until.TrueAsync(async () => (left = await LeftAsync()).Count == 0, RunningRecado.Soon, "nothing of them is left");
        Assert.That((await _recado.TimelineAsync(welcome)).Select(line => line.What), Is.SupersetOf(new[] { "received", "requested", "sent", "read", "erased" }));
        Assert.That((await _recado.TimelineAsync(cart)).Select(line => line.What), Is.SupersetOf(new[] { "received", "started", "erased" }));
        Assert.That((await _recado.TimelineAsync(unclear)).Select(line => line.What), Is.EqualTo(new[] { "quarantined" }));
        Assert.That(await StoredAsync(), Does.Contain("Vizinha").And.Contain("vizinha@canario.example").And.Contain("CARTVIZINHA"));
        Assert.That((await _recado.TimelineAsync(neighbour.Cart)).Select(line => line.What), Has.None.EqualTo("erased"));
    }

    [Test, Order(2)]
    public async Task Asked_again_nobody_is_known()
    {
        Assert.That(await EraseAsync($"--phone=+{Phone}"), Has.Member("automation-matcher: knows nobody by that in the store 'demo'"));
    }

    [Test, Order(3)]
    public async Task No_replay_and_no_repeat_brings_them_back()
    {
        foreach (var service in topology == Topology.FiveProcesses ? FiveProcesses.Services : ["Standalone"])
            await VerbAsync(service, "replay", "--since=2026-01-01T00:00:00Z");
        var repeat = await _recado.PostAsync(Registered("Olvidina", Phone, "olvidina@canario.example", "390.533.447-05"));
        Assert.That(repeat.Status, Is.EqualTo(HttpStatusCode.OK));

        // What was published again is at the broker by now, and before this one in every queue.
        await Until.TrueAsync(async () => await UnsentAsync() == 0, RunningRecado.Soon, "all is published again");
        await _recado.PostAsync(Webhook.Event("""{"id":"depois","type":"customer.registered","customer":{"name":"Fim","phone":"+5511944433299"}}"""));
        await _recado.Gateway.WaitForAsync("5511944433299", 1, RunningRecado.Soon);

        Assert.That(await LeftAsync(), Is.Empty);
        Assert.That(await _recado.Gateway.AllAsync(Phone), Has.Count.EqualTo(1));
    }

    [Test, Order(4)]
    public async Task Who_comes_again_is_somebody_new()
    {
        var again = await _recado.PostAsync(Webhook.Event($$$"""{"id":"de-novo","type":"customer.registered","customer":{"name":"Outra vez","phone":"+{{{Phone}}}"}}"""));

        await _recado.Gateway.WaitForAsync(Phone, 2, RunningRecado.Soon);
        var told = (await _recado.TimelineAsync(again.Id)).Select(line => line.What).ToList();
        Assert.That(told, Has.Member("started"));
        Assert.That(told, Has.None.EqualTo("erased"));
    }

    [TestCase("needs --phone, --email, --document or --customer.", "--store=demo")]
    [TestCase("--phone: Give it with country and area code and nothing between, for example +5511987654321.", "--store=demo", "--phone=(11) 94443-3221")]
    [TestCase("--document: Give the digits of a CPF or CNPJ.", "--store=demo", "--document=123")]
    [TestCase("--customer: Give the source and its own id of the person, for example wiapy:6812a0f4.", "--store=demo", "--customer=6812a0f4")]
    [TestCase("takes --email once.", "--store=demo", "--email=a@b.example", "--email=c@d.example")]
    public async Task What_names_nobody_is_refused_and_not_repeated(string sentence, params string[] arguments)
    {
        var (process, name) = topology == Topology.FiveProcesses ? (((FiveProcessRecado)_recado).Processes["AutomationMatcher"], "automation-matcher") : (_standalone!, "standalone");

        RefusedStart.AssertSaid(await process.RunToEndAsync(["erase", .. arguments]), $"{name} cannot start: erase {sentence}");
    }

    /// <summary>A person who registered and was welcomed, left a cart, and of whom something came that nobody understood.</summary>
    private async Task<(Guid Welcome, Guid Cart, Guid Unclear)> MeetAsync(string name, string phone, string email, string document, string cart)
    {
        var welcome = await _recado.PostAsync(Registered(name, phone, email, document));
        var left = await _recado.PostAsync(Webhook.Cart(CartOf(name, phone, email, cart)));
        var unclear = await _recado.PostAsync(Webhook.Wiapy(
            $$$"""{"payment":{"id":"{{{cart}}}-payment","status":"teleported","amount":4700,"payment_method":"pix"},"customer":{"name":"{{{name}}}","mobile_phone":"({{{phone[2..4]}}}) {{{phone[4..9]}}}-{{{phone[9..]}}}"}}"""));
        await _recado.WaitForTimelineAsync(welcome.Id, lines => lines.Any(line => line.What == "read"), "the welcome is read");
        await _recado.WaitForTimelineAsync(left.Id, lines => lines.Any(line => line.What == "started"), "the cart's journey waits");
        await _recado.WaitForTimelineAsync(unclear.Id, lines => lines.Any(line => line.What == "quarantined"), "the third is put aside");
        return (welcome.Id, left.Id, unclear.Id);
    }

    private static Webhook Registered(string name, string phone, string email, string document) => Webhook.Event(
        $$$"""{"id":"cadastro-{{{phone}}}","type":"customer.registered","customer":{"name":"{{{name}}}","phone":"+{{{phone}}}","email":"{{{email}}}","document":"{{{document}}}"}}""");

    private static string CartOf(string name, string phone, string email, string token)
    {
        var cart = JsonNode.Parse(Webhook.Payload("abandoned-cart/cart.json"))!;
        (cart["cart_token"], cart["abandoned_at"], cart["recovery_url"]) = (token, DateTimeOffset.UtcNow.AddMinutes(-1).ToString("O"), $"https://checkout.seudominio.com/r/{token}");
        (cart["customer"]!["name"], cart["customer"]!["email"], cart["customer"]!["phone"]) = (name, email, $"+{phone}");
        return cart.ToJsonString();
    }

    /// <summary>What an operator does: on the matcher, and on Ingest for what nobody understood.</summary>
    private async Task<IReadOnlyList<string>> EraseAsync(params string[] arguments)
    {
        string[] services = topology == Topology.FiveProcesses ? ["AutomationMatcher", "Ingest"] : ["Standalone"];
        var said = new List<string>();
        foreach (var service in services)
            said.AddRange(await VerbAsync(service, ["erase", "--store", "demo", .. arguments]));
        return said;
    }

    private async Task<IReadOnlyList<string>> VerbAsync(string service, params string[] arguments) =>
        Spoken.LinesOf(await (_standalone ?? ((FiveProcessRecado)_recado).Processes[service]).RunToEndAsync(arguments));

    private Task<string> StoredAsync() => topology == Topology.FiveProcesses
        ? StoredText.OfPostgresAsync(((FiveProcessRecado)_recado).Processes.Database)
        : StoredText.OfSqliteAsync(_folder);

    private Task<long> UnsentAsync() => topology == Topology.FiveProcesses
        ? StoredText.UnsentInPostgresAsync(((FiveProcessRecado)_recado).Processes.Database)
        : StoredText.UnsentInSqliteAsync(_folder);

    private async Task<IReadOnlyList<string>> LeftAsync()
    {
        var stored = await StoredAsync();
        return [.. Theirs.Where(each => stored.Contains(each, StringComparison.OrdinalIgnoreCase))];
    }
}
