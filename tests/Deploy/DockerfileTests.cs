using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Recado.Platform;

namespace Recado.Tests.Deploy;

/// <summary>What deploy/Dockerfile says, against the projects and the code.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Lines = [.. Repository.Text("deploy/Dockerfile").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Where(line => !line.StartsWith('#'))];

    /// <summary>Port and user, as the other files have to give them.</summary>
    public static string Port => Value("EXPOSE ");

    /// <summary>The numbers of user and group.</summary>
    public static string[] User => Value("USER ").Split(':');

    [Test]
    public void A_restore_finds_every_project_and_lock_file_and_nothing_that_is_gone()
    {
        var expected = Projects().Select(project => $"COPY {project} {Path.GetDirectoryName(project)}/packages.lock.json {Path.GetDirectoryName(project)}/");

        Assert.That(Lines.Where(line => line.Contains(".csproj ", StringComparison.Ordinal) && line.StartsWith("COPY", StringComparison.Ordinal)), Is.EquivalentTo(expected));
    }

    [Test]
    public void The_project_that_is_restored_refers_to_every_process()
    {
        var references = XDocument.Load(Repository.PathOf("services/Standalone/Standalone.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.That(Lines, Has.Some.EqualTo("RUN dotnet restore services/Standalone/Standalone.csproj --locked-mode"));
        Assert.That(references, Is.EquivalentTo(Processes().Where(name => name != "Standalone")));
    }

    [Test]
    public void Every_process_has_the_name_by_which_its_program_is_found()
    {
        var names = Processes().Select(name => XDocument.Load(Repository.PathOf($"services/{name}/{name}.csproj")).Descendants("AssemblyName").Single().Value);

        Assert.That(names, Is.EquivalentTo(Processes().Select(name => $"Recado.{name}")));
        Assert.That(Part.Five.Append(Part.Emulator).Select(part => part.Folder).Append("Standalone"), Is.EquivalentTo(Processes()));
        Assert.That(string.Join('\n', Lines), Does.Contain("mv \"/app/Recado.$SERVICE\" /app/recado"));
    }

    [Test]
    public void Base_images_are_exact_and_of_the_version_that_the_projects_are_for()
    {
        string[] images = [.. Lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];

        Assert.That(images, Has.Length.EqualTo(2));
        Assert.That(images[0], Does.Match(@"^mcr\.microsoft\.com/dotnet/sdk:10\.0\.\d{3}-noble$"));
        Assert.That(images[1], Does.Match(@"^mcr\.microsoft\.com/dotnet/aspnet:10\.0\.\d+-noble-chiseled-extra$"));
        Assert.That(XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("TargetFramework").Single().Value, Is.EqualTo("net10.0"));
        using var asked = JsonDocument.Parse(Repository.Text("global.json"));
        var sdk = asked.RootElement.GetProperty("sdk");
        Assert.That(sdk.GetProperty("rollForward").GetString(), Is.EqualTo("latestFeature"));
        Assert.That(Version.Parse(ExactVersion().Match(images[0]).Value), Is.GreaterThanOrEqualTo(Version.Parse(sdk.GetProperty("version").GetString()!)));
    }

    [Test]
    public void It_runs_as_nobody_special_and_writes_nowhere_but_where_it_may()
    {
        Assert.That(User, Has.Length.EqualTo(2).And.All.Match("^[1-9][0-9]{2,}$"));
        Assert.That(Lines, Has.Some.EqualTo($"COPY --from=build --chown={string.Join(':', User)} /data /data"));
        Assert.That(Lines, Has.Some.EqualTo("COPY --from=build /app /app"));
        Assert.That(Lines, Has.Some.Matches("^ENV .*DOTNET_EnableDiagnostics=0"));
    }

    [Test]
    public void The_health_check_is_a_verb_and_asks_at_the_port_that_is_served()
    {
        var verb = (string)typeof(IService).Assembly.GetType("Recado.Platform.Hosting.HealthCheckVerb", throwOnError: true)!
            .GetField("Name", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;

        Assert.That(Lines.Single(line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal)), Does.EndWith($"CMD [\"/app/recado\", \"{verb}\"]"));
        Assert.That(Lines, Has.Some.EqualTo("ENTRYPOINT [\"/app/recado\"]"));
        Assert.That(Value("ENV ASPNETCORE_HTTP_PORTS=").Split(' ')[0], Is.EqualTo(Port));
        var variables = Lines.Where(line => line.StartsWith("ENV ASPNETCORE", StringComparison.Ordinal)).SelectMany(line => line.Split(' ').Skip(1)).Select(pair => pair.Split('=')[0]);
        Assert.That(variables, Has.All.Matches<string>(KnownSettings.Of(Part.Five[0]).Has));
    }

    [Test]
    public void The_image_says_which_version_it_is() => Assert.That(Value("ARG VERSION="), Is.EqualTo(Repository.Version));

    [Test]
    public void What_is_copied_is_let_in_and_all_else_is_kept_out()
    {
        string[] rules = [.. Repository.Text(".dockerignore").Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
        var copied = Lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.StartsWith("COPY --from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).Select(path => path.TrimEnd('*'));

        Assert.That(rules[0], Is.EqualTo("**"));
        Assert.That(copied, Has.All.Matches<string>(path => rules.Any(rule => rule[0] == '!' && (path == rule[1..] || path.StartsWith(rule[1..] + "/", StringComparison.Ordinal)))));
        Assert.That(rules, Is.SupersetOf((string[])["**/bin", "**/obj", "**/*.key", "**/recado-data"]));
        Assert.That(rules, Has.None.StartsWith("!.env"));
    }

    private static string Value(string instruction) => Lines.Single(line => line.StartsWith(instruction, StringComparison.Ordinal))[instruction.Length..].Trim();

    /// <summary>The services and what they share, by their path from the root.</summary>
    private static IEnumerable<string> Projects() =>
        Directory.GetDirectories(Repository.PathOf("services")).Select(folder => Path.GetFileName(folder)).Where(HasProject)
            .Select(name => $"services/{name}/{name}.csproj").Append("contracts/Contracts.csproj");

    private static IEnumerable<string> Processes() =>
        Directory.GetDirectories(Repository.PathOf("services")).Where(folder => File.Exists(Path.Combine(folder, "Program.cs"))).Select(folder => Path.GetFileName(folder));

    private static bool HasProject(string name) => File.Exists(Repository.PathOf($"services/{name}/{name}.csproj"));

    [GeneratedRegex(@"\d+\.\d+\.\d+")]
    private static partial Regex ExactVersion();
}
