using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Recado.Platform.Data;

namespace Recado.Tests.Deploy;

/// <summary>What deploy/kubernetes says, against the code. What holds for every service stands in one patch, read here by itself.</summary>
public sealed partial class KubernetesTests
{
    private const string Folder = "deploy/kubernetes";
    private static readonly JsonNode EveryService = YamlFile.Read($"{Folder}/base/every-service.yaml");
    private static readonly JsonNode EveryMigration = YamlFile.Read($"{Folder}/base/every-migration.yaml");

    /// <summary>Every object in every file, with the file.</summary>
    private static readonly IReadOnlyList<(string File, JsonNode Object)> All =
    [
        .. Directory.GetFiles(Repository.PathOf(Folder), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => Path.GetRelativePath(Repository.PathOf("."), file).Replace('\\', '/'))
            .SelectMany(file => YamlFile.ReadAll(file).Select(each => (file, each))),
    ];

    public static IReadOnlyList<Part> Five => Part.Five;

    [TestCaseSource(nameof(Five))]
    public void A_service_has_a_deployment_an_address_and_a_limit_of_disruption(Part part)
    {
        var deployment = Find("Deployment", part.Name);
        var labels = deployment["spec"]!["template"]!["metadata"]!["labels"]!;

        Assert.That(Container(deployment)["image"].Text(), Is.EqualTo($"recado/{part.Name}:{Repository.Version}"));
        Assert.That(labels["app.kubernetes.io/name"].Text(), Is.EqualTo(part.Name));
        Assert.That(labels["app.kubernetes.io/part-of"].Text(), Is.EqualTo("recado"));
        Assert.That(deployment["metadata"]!["labels"]!["app.kubernetes.io/part-of"].Text(), Is.EqualTo("recado"), "the patch finds it by this");
        foreach (var selector in (JsonNode[])[deployment["spec"]!["selector"]!["matchLabels"]!, Find("Service", part.Name)["spec"]!["selector"]!, Find("PodDisruptionBudget", part.Name)["spec"]!["selector"]!["matchLabels"]!])
            Assert.That(selector["app.kubernetes.io/name"].Text(), Is.EqualTo(part.Name));
        Assert.That(Find("Service", part.Name)["spec"]!["ports"]![0]!["targetPort"].Text(), Is.EqualTo(Container(EveryService)["ports"]![0]!["name"].Text()));
    }

    [TestCaseSource(nameof(Five))]
    public void A_service_has_a_migration_in_the_same_image(Part part)
    {
        var job = Find("Job", $"migrate-{part.Name}");

        Assert.That(Container(job)["image"].Text(), Is.EqualTo(Container(Find("Deployment", part.Name))["image"].Text()));
        Assert.That(job["metadata"]!["labels"]!["app.kubernetes.io/part-of"].Text(), Is.EqualTo("recado"), "the patch finds it by this");
        Assert.That(Container(EveryMigration)["args"].Texts(), Is.EqualTo(new[] { "migrate" }));
        var known = KnownSettings.Of(part);
        Assert.That(Names(EveryMigration), Has.All.Matches<string>(known.Has));
        Assert.That(Names(EveryMigration), Has.Member("RuntimeRole"));
    }

    [Test]
    public void The_patches_are_laid_over_all_of_them()
    {
        var patches = YamlFile.Read($"{Folder}/base/kustomization.yaml")["patches"]!.AsArray().Select(patch => (patch!["path"].Text(), patch["target"]!["kind"].Text(), patch["target"]!["labelSelector"].Text()));

        Assert.That(patches, Is.EquivalentTo(new[] { ("every-service.yaml", "Deployment", "app.kubernetes.io/part-of=recado"), ("every-migration.yaml", "Job", "app.kubernetes.io/part-of=recado") }));
        var listed = All.Where(each => each.Object["kind"].Text() == "Kustomization").SelectMany(each =>
            each.Object["resources"].Texts().Concat(each.Object["patches"]?.AsArray().Select(patch => patch!["path"].Text()) ?? []).Select(path => Path.GetFullPath(Repository.PathOf($"{Path.GetDirectoryName(each.File)}/{path}"))));
        Assert.That(listed, Has.All.Matches<string>(Path.Exists));
        Assert.That(All.Where(each => each.Object["kind"].Text() != "Kustomization").Select(each => Path.GetFullPath(Repository.PathOf(each.File))).Distinct(), Is.SubsetOf(listed), "a file that nobody lists does nothing");
    }

    [TestCaseSource(nameof(Five))]
    public void Every_variable_is_a_setting_that_the_service_knows(Part part)
    {
        var known = KnownSettings.Of(part);
        var variables = All.Where(each => each.Object["kind"].Text() == "Deployment" && each.Object["metadata"]!["name"].Text() == part.Name).SelectMany(each => Names(each.Object))
            .Concat(Names(EveryService).Where(name => !IsOnlyForOthers(name)));

        Assert.That(variables, Is.Not.Empty.And.All.Matches<string>(known.Has));
    }

    [Test]
    public void The_emulators_variables_are_settings_as_well() =>
        Assert.That(Names(Find("Deployment", "gateway-emulator")), Is.Not.Empty.And.All.Matches<string>(KnownSettings.Of(Part.Emulator).Has));

    [TestCaseSource(nameof(Five))]
    public async Task Probes_ask_at_routes_that_are_there(Part part)
    {
        var routes = await part.RoutesAsync();

        foreach (var (probe, path) in (List<(string, string)>)[("startupProbe", "/health/live"), ("readinessProbe", "/health/ready"), ("livenessProbe", "/health/live")])
        {
            Assert.That(Container(EveryService)[probe]!["httpGet"]!["path"].Text(), Is.EqualTo(path));
            Assert.That(Container(EveryService)[probe]!["httpGet"]!["port"].Text(), Is.EqualTo("http"));
            Assert.That(routes, Has.Member(path));
        }
    }

    [Test]
    public void Ports_and_users_are_those_of_the_image()
    {
        foreach (var pod in (JsonNode[])[EveryService, Find("Deployment", "gateway-emulator")])
            Assert.That(Container(pod)["ports"]![0]!["containerPort"].Text(), Is.EqualTo(DockerfileTests.Port));
        foreach (var pod in (JsonNode[])[EveryService, EveryMigration, Find("Deployment", "gateway-emulator")])
        {
            var context = pod["spec"]!["template"]!["spec"]!["securityContext"]!;
            Assert.That(new[] { context["runAsUser"].Text(), context["runAsGroup"].Text() }, Is.EqualTo(DockerfileTests.User));
        }
    }

    [Test]
    public async Task There_is_time_to_start_and_to_end()
    {
        var probe = Container(EveryService)["startupProbe"]!;
        var pod = EveryService["spec"]!["template"]!["spec"]!;
        var pause = Number(Container(EveryService)["lifecycle"]!["preStop"]!["sleep"]!["seconds"]);

        Assert.That(TimeSpan.FromSeconds(Number(probe["periodSeconds"]) * Number(probe["failureThreshold"])), Is.GreaterThan(new DatabaseOptions().DatabaseWait));
        foreach (var part in Part.Five)
            Assert.That(TimeSpan.FromSeconds(Number(pod["terminationGracePeriodSeconds"]) - pause), Is.GreaterThan(await part.ShutdownTimeoutAsync()), part.Name);
    }

    [Test]
    public void Every_pod_is_as_harmless_as_it_can_be()
    {
        var pods = All.Where(each => each.Object["spec"]?["template"]?["spec"] is not null && !IsPatch(each.Object) && !each.File.StartsWith($"{Folder}/base/", StringComparison.Ordinal))
            .Append(("every-service.yaml", EveryService)).Append(("every-migration.yaml", EveryMigration)).ToList();

        Assert.That(pods, Has.Count.AtLeast(5));
        foreach (var (file, pod) in pods)
        {
            var spec = pod["spec"]!["template"]!["spec"]!;
            Assert.That(spec["securityContext"]!["runAsNonRoot"].Text(), Is.EqualTo("true"), file);
            Assert.That(spec["securityContext"]!["seccompProfile"]!["type"].Text(), Is.EqualTo("RuntimeDefault"), file);
            Assert.That(spec["automountServiceAccountToken"].Text(), Is.EqualTo("false"), file);
            var container = spec["containers"]!.AsArray().Single()!;
            Assert.That(container["securityContext"]!["allowPrivilegeEscalation"].Text(), Is.EqualTo("false"), file);
            Assert.That(container["securityContext"]!["capabilities"]!["drop"].Texts(), Is.EqualTo(new[] { "ALL" }), file);
            Assert.That((string?)container["securityContext"]!["readOnlyRootFilesystem"], Is.EqualTo(file.EndsWith("rabbitmq.yaml", StringComparison.Ordinal) ? null : "true"), file);
            Assert.That(container["resources"]!["limits"]!["memory"].Text(), Is.Not.Empty, file);
        }
    }

    [Test]
    public void Secrets_are_named_and_never_written()
    {
        Assert.That(All.Select(each => each.Object["kind"].Text()), Has.None.EqualTo("Secret"));
        Assert.That(All.Where(each => each.Object["kind"].Text() == "Kustomization").Select(each => each.Object.AsObject()), Has.None.Matches<JsonObject>(each => each.ContainsKey("secretGenerator")));
        foreach (var (file, each) in All)
            foreach (var variable in Variables(each).Where(variable => SecretName().IsMatch(variable["name"].Text())))
                Assert.That(variable["value"], Is.Null, $"{variable["name"]} in {file}");
        var asked = All.SelectMany(each => SecretReference().Matches(each.Object.ToJsonString())).Select(match => match.Groups["name"].Value).Distinct();
        var told = ToldSecret().Matches(Repository.Text($"{Folder}/README.md")).Select(match => match.Groups["name"].Value);
        Assert.That(told, Is.SupersetOf(asked), "README.md says how each is made");
    }

    [Test]
    public void Images_are_exact_and_those_of_compose()
    {
        var compose = Repository.Text("docker-compose.yml");

        foreach (var image in All.SelectMany(each => each.Object["spec"]?["template"]?["spec"]?["containers"]?.AsArray().AsEnumerable() ?? []).Select(container => (string?)container!["image"]).OfType<string>()
            .Append(Find("RabbitmqCluster", "recado-rabbitmq")["spec"]!["image"].Text()))
            Assert.That(compose, Does.Contain(image.StartsWith("recado/", StringComparison.Ordinal) ? image.Split(':')[0] + ":${RECADO_VERSION:-" + image.Split(':')[1] : $"image: {image}\n"));
        Assert.That(Find("Cluster", "recado-postgres")["spec"]!["imageName"].Text(), Does.Match(@":\d+\.\d+-"));
    }

    internal static JsonNode Find(string kind, string name)
    {
        var found = All.Where(each => each.Object["kind"].Text() == kind && each.Object["metadata"]?["name"].Text() == name && !IsPatch(each.Object)).ToList();
        Assert.That(found, Has.Count.EqualTo(1), $"{kind} {name}");
        return found[0].Object;
    }

    /// <summary>A Deployment without a selector changes another one.</summary>
    private static bool IsPatch(JsonNode each) => each["kind"].Text() == "Deployment" && each["spec"]?["selector"] is null;

    private static JsonNode Container(JsonNode workload)
    {
        var container = workload["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Single()!;
        Assert.That(container["name"].Text(), Is.EqualTo("service"), "the patches find it by its name");
        return container;
    }

    private static IEnumerable<JsonNode> Variables(JsonNode each) =>
        (each["spec"]?["template"]?["spec"]?["containers"]?.AsArray().AsEnumerable() ?? []).SelectMany(container => container!["env"]?.AsArray().AsEnumerable() ?? []).OfType<JsonNode>();

    private static IEnumerable<string> Names(JsonNode each) => Variables(each).Select(variable => variable["name"].Text());

    /// <summary>Something that only another variable refers to: <c>$(POD_NAME)</c>.</summary>
    private static bool IsOnlyForOthers(string name) => Variables(EveryService).Any(variable => ((string?)variable["value"])?.Contains($"$({name})", StringComparison.Ordinal) == true);

    private static int Number(JsonNode? value) => int.Parse(value.Text(), CultureInfo.InvariantCulture);

    [GeneratedRegex("(?i)pass|token|secrets__key$|^broker$|^database$|callbacks")]
    private static partial Regex SecretName();

    [GeneratedRegex("""("(secretKeyRef|secretRef|passwordSecret|importCredentialsSecret|secret)":\{"name":|"secretName":)"(?<name>[^"]+)""")]
    private static partial Regex SecretReference();

    [GeneratedRegex(@"kubectl create secret generic (?<name>[a-z-]+)")]
    private static partial Regex ToldSecret();
}
