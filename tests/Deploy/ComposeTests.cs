using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Recado.Platform;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Deploy;

/// <summary>What docker-compose.yml says, against the code and against .env.example.</summary>
public sealed partial class ComposeTests
{
    private const string Bundle = "deploy/bootstrap/compose.json";

    private static readonly string Whole = Repository.Text("docker-compose.yml");
    private static readonly JsonObject Services = YamlFile.Read("docker-compose.yml")["services"]!.AsObject();

    public static IReadOnlyList<Part> Five => Part.Five;

    /// <summary>All that are built here.</summary>
    public static IEnumerable<Part> Own => Part.Five.Append(Part.Emulator);

    [TestCaseSource(nameof(Own))]
    public void Every_process_is_there_in_its_own_image(Part part)
    {
        var service = Services[part.Name]!;

        Assert.That((string?)service["image"], Is.EqualTo($"recado/{part.Name}:${{RECADO_VERSION:-{Repository.Version}}}"));
        Assert.That((string?)service["build"]!["args"]!["SERVICE"], Is.EqualTo(part.Folder));
        Assert.That((string?)service["build"]!["dockerfile"], Is.EqualTo("deploy/Dockerfile"));
        Assert.That((string?)service["build"]!["context"], Is.EqualTo("."));
    }

    [TestCaseSource(nameof(Five))]
    public void Its_schema_is_migrated_before_it_starts_by_the_owner_of_the_tables(Part part)
    {
        var migration = Services[$"migrate-{part.Name}"]!;

        Assert.That((string?)migration["image"], Is.EqualTo((string?)Services[part.Name]!["image"]));
        Assert.That(migration["command"].Texts(), Is.EqualTo(new[] { "migrate" }));
        Assert.That((string?)migration["restart"], Is.EqualTo("no"));
        Assert.That((string?)migration["depends_on"]!["postgres"]!["condition"], Is.EqualTo("service_healthy"));
        Assert.That((string?)Services[part.Name]!["depends_on"]![$"migrate-{part.Name}"]!["condition"], Is.EqualTo("service_completed_successfully"));
        var (owner, role) = (UserIn(Variables(migration)["Database"]), UserIn(Variables(Services[part.Name]!)["Database"]));
        Assert.That(role, Is.Not.EqualTo(owner).And.EqualTo(Variables(migration)["RuntimeRole"]));
        Assert.That(Repository.Text("deploy/postgres/roles.sql"), Does.Contain($"create role {owner} login").And.Contain($"create role {role} login").And.Contain($"owner to {owner};"));
    }

    [TestCaseSource(nameof(Five))]
    public async Task A_migration_needs_no_more_than_it_is_given(Part part)
    {
        var given = Variables(Services[$"migrate-{part.Name}"]!).ToDictionary(each => each.Key, each => Filled(each.Value));
        await (await Servers.PostgresAsync()).CreateRoleAsync(given["RuntimeRole"]);
        given["Database"] = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var migration = new ServiceProcess(part.Folder, given);

        var ended = await migration.RunToEndAsync("migrate");

        Assert.That(ended.Output, Does.Match($"(?m)^{part.Name.Replace('-', '_')}: applied platform/0001"));
        Assert.That(ended.ExitCode, Is.Zero);
    }

    [TestCaseSource(nameof(Five))]
    public void Only_who_is_not_ready_without_it_waits_for_the_broker(Part part) =>
        Assert.That((string?)Services[part.Name]!["depends_on"]!["rabbitmq"]?["condition"], Is.EqualTo(part.NeedsBroker ? "service_healthy" : null));

    [TestCaseSource(nameof(Own))]
    public void Every_variable_is_a_setting_or_is_named_in_the_bundle(Part part)
    {
        var known = KnownSettings.Of(part);
        string[] inBundle = part == Part.Emulator ? [] : NamedInBundle();

        Assert.That(Variables(Services[part.Name]!).Keys.Where(name => !known.Has(name)), Is.EquivalentTo(inBundle));
        if (part != Part.Emulator)
            Assert.That(Variables(Services[$"migrate-{part.Name}"]!).Keys, Has.All.Matches<string>(known.Has));
    }

    [TestCaseSource(nameof(Own))]
    public async Task Its_settings_and_its_part_of_the_bundle_are_taken(Part part)
    {
        var settings = Variables(Services[part.Name]!).Where(each => !each.Key.StartsWith("OTEL_", StringComparison.Ordinal))
            .ToDictionary(each => each.Key.Replace("__", ":", StringComparison.Ordinal), each => Filled(each.Value));
        await BuildAsync(part, settings); // as they are: throws at a setting that the options refuse

        foreach (var (name, value) in part.Embedded())
            settings[name] = value;
        if (part != Part.Emulator)
            settings["Bootstrap"] = Repository.PathOf(Bundle);
        await using var app = part.Build(settings);
        Assert.That(async () => await ServiceHost.PrepareAsync(app), Throws.Nothing);
    }

    // MassTransit keeps the logger of the first bus for the whole flow of calls: an async method has a flow of its own.
    private static async Task BuildAsync(Part part, Dictionary<string, string> settings)
    {
        await using var app = part.Build(settings);
    }

    [Test]
    public void Nothing_is_published_but_on_the_loopback_address()
    {
        var ports = Services.SelectMany(service => service.Value!["ports"].Texts().Select(port => (Service: service.Key, Port: port))).ToList();

        Assert.That(ports, Has.Count.AtLeast(5));
        Assert.That(ports.Select(each => each.Port), Has.All.StartsWith("127.0.0.1:"));
        Assert.That(ports.Where(each => Own.Any(part => part.Name == each.Service)).Select(each => each.Port), Has.All.EndsWith($":{DockerfileTests.Port}"));
        Assert.That(Services.Select(service => service.Value!.AsObject()), Has.None.Matches<JsonObject>(service => service.ContainsKey("network_mode")));
    }

    [Test]
    public async Task Addresses_inside_lead_to_a_service_a_port_and_a_route()
    {
        var addresses = Services.SelectMany(service => Variables(service.Value!).Values).SelectMany(value => Address().Matches(value)).ToList();
        var own = addresses.Where(address => Own.Any(part => part.Name == address.Groups["host"].Value)).ToList();

        Assert.That(addresses.Select(address => address.Groups["host"].Value), Has.All.Matches<string>(Services.ContainsKey));
        Assert.That(own, Is.Not.Empty);
        Assert.That(own.Select(address => address.Groups["port"].Value), Is.All.EqualTo(DockerfileTests.Port));
        Assert.That((await Part.Five[0].RoutesAsync()).Select(route => route.TrimStart('/')), Has.Some.Match(@"^webhooks/ezapi/\{token"));
        Assert.That(Variables(Services["gateway-emulator"]!)["Emulator__Callbacks__INSTANCE_1"], Does.StartWith("http://ingest:8080/webhooks/ezapi/${RECADO_CALLBACK_TOKEN:"));
    }

    [Test]
    public void Every_secret_comes_from_the_environment_and_every_one_of_those_is_listed()
    {
        var asked = Required().Matches(Whole).Select(match => match.Groups["name"].Value).Distinct();
        string[] listed = [.. Repository.Text(".env.example").Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

        Assert.That(listed, Has.All.Match("^RECADO_[A-Z_]+=$"), "no value is given away");
        Assert.That(asked, Is.EquivalentTo(listed.Select(line => line.TrimEnd('='))));
        Assert.That(AnyVariable().Count(Whole), Is.EqualTo(Required().Count(Whole) + WithDefault().Count(Whole)));
        Assert.That(WithDefault().Matches(Whole).Select(match => match.Groups["name"].Value).Distinct(), Is.EquivalentTo(new[] { "RECADO_VERSION", "RECADO_TIME_SCALE", "RECADO_OTLP_ENDPOINT" }));
        foreach (var (name, value) in Services.SelectMany(service => Variables(service.Value!)))
            if (SecretName().IsMatch(name))
                Assert.That(value, Does.StartWith("${RECADO_"), name);
        Assert.That(Whole.Replace("Password=${RECADO_", "", StringComparison.Ordinal), Does.Not.Contain("Password="));
        Assert.That(UserInAddress().Matches(Whole).Select(match => match.Groups["password"].Value), Is.Not.Empty.And.All.StartsWith("${RECADO_"));
    }

    [Test]
    public void Nobody_has_more_rights_than_needed()
    {
        foreach (var (name, service) in Services)
        {
            Assert.That(service!["cap_drop"].Texts(), Is.EqualTo(new[] { "ALL" }), name);
            Assert.That(service["security_opt"].Texts(), Is.EqualTo(new[] { "no-new-privileges:true" }), name);
            Assert.That(service.AsObject().ContainsKey("privileged"), Is.False, name);
            Assert.That(service.AsObject().ContainsKey("container_name"), Is.False, $"{name} could not be scaled");
            Assert.That((string?)service["read_only"], Is.EqualTo(name == "rabbitmq" ? "false" : "true"), name);
        }
        foreach (var part in Own)
        {
            Assert.That(Services[part.Name]!["mem_limit"].Text(), Does.Match(@"^\d+m$"), part.Name);
            Assert.That(Services[part.Name]!["pids_limit"].Text(), Does.Match(@"^\d+$"), part.Name);
            Assert.That(Services[part.Name]!.AsObject().ContainsKey("cap_add") || Services[part.Name]!.AsObject().ContainsKey("user"), Is.False, part.Name);
        }
    }

    [TestCaseSource(nameof(Own))]
    public async Task There_is_time_to_end_in_good_order(Part part) =>
        Assert.That(TimeSpan.FromSeconds(int.Parse(Services[part.Name]!["stop_grace_period"].Text().TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture)),
            Is.GreaterThan(await part.ShutdownTimeoutAsync()));

    [Test]
    public void Images_are_exact_and_what_is_mounted_is_there()
    {
        foreach (var (name, service) in Services)
        {
            Assert.That(service!["image"].Text(), Does.Match(@":(v?\d+\.\d+[\w.-]*|\$\{RECADO_VERSION:-\d+\.\d+\.\d+\})$"), name);
            foreach (var mounted in service["volumes"].Texts().Select(volume => volume.Split(':')[0]).Where(path => path.StartsWith('.')))
                Assert.That(Path.Exists(Repository.PathOf(mounted[2..])), Is.True, mounted);
        }
    }

    [Test]
    public void The_collector_takes_what_the_services_send_and_sends_it_to_who_is_there()
    {
        var collector = YamlFile.Read("deploy/observability/otel-collector.yaml");
        var takes = collector["receivers"]!["otlp"]!["protocols"]!["http"]!["endpoint"].Text();
        var sendsTo = collector["exporters"]!.AsObject().Select(each => (string?)each.Value?["endpoint"]).OfType<string>().Select(endpoint => Address().Match(endpoint).Groups["host"].Value);
        var pipelines = collector["service"]!["pipelines"]!.AsObject();

        Assert.That(Variables(Services["ingest"]!)["OTEL_EXPORTER_OTLP_ENDPOINT"], Does.EndWith($"http://otel-collector:{takes.Split(':')[^1]}}}"));
        Assert.That(sendsTo, Is.EquivalentTo(new[] { "jaeger", "prometheus" }).And.All.Matches<string>(Services.ContainsKey));
        Assert.That(pipelines.Select(each => each.Key), Is.EquivalentTo(new[] { "traces", "metrics", "logs" }));
        Assert.That(pipelines.SelectMany(each => each.Value!["exporters"].Texts()), Has.All.Matches<string>(collector["exporters"]!.AsObject().ContainsKey));
        Assert.That(Services["prometheus"]!["command"].Texts(), Has.Member("--web.enable-otlp-receiver"));
        var scraped = YamlFile.Read("deploy/observability/prometheus.yml")["scrape_configs"]!.AsArray().SelectMany(job => job!["static_configs"]!.AsArray()).SelectMany(group => group!["targets"].Texts());
        Assert.That(scraped.Select(target => target.Split(':')[0]), Has.All.Matches<string>(host => host == "localhost" || Services.ContainsKey(host)));
    }

    private static IReadOnlyDictionary<string, string> Variables(JsonNode service) =>
        service["environment"]?.AsObject().ToDictionary(each => each.Key, each => each.Value.Text()) ?? [];

    private static string[] NamedInBundle() => [.. Placeholder().Matches(Repository.Text(Bundle)).Select(match => match.Groups["name"].Value).Distinct()];

    private static string UserIn(string connection) => new Npgsql.NpgsqlConnectionStringBuilder(Filled(connection)).Username!;

    /// <summary>As compose fills a value, with secrets made up.</summary>
    private static string Filled(string value) => AnyVariable().Replace(value, match => match.Groups["name"].Value switch
    {
        "RECADO_SECRETS_KEY" => TestKey.Value,
        var name => match.Groups["default"].Success ? match.Groups["default"].Value : $"made-up-{name.ToLowerInvariant()}",
    });

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(:-(?<default>[^}]*)|:\?[^}]*)?\}")]
    private static partial Regex AnyVariable();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+):\?run deploy/make-env\}")]
    private static partial Regex Required();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+):-[^}]+\}")]
    private static partial Regex WithDefault();

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z]\w*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("(?i)pass|token|key|secret")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"https?://(?<host>[a-z-]+):(?<port>\d+)")]
    private static partial Regex Address();

    [GeneratedRegex(@"\w+://[^\s/@:]+:(?<password>[^@\n]+)@")]
    private static partial Regex UserInAddress();
}
