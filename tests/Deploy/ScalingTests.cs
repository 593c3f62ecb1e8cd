using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Npgsql;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Deploy;

/// <summary>What scales the services asks for queues and tables that are there.</summary>
public sealed partial class ScalingTests
{
    private const int Reserve = 20; // superusers, replication, the operator, KEDA

    public static IReadOnlyList<Part> Five => Part.Five;

    [TestCaseSource(nameof(Five))]
    public async Task A_service_grows_with_each_of_its_queues(Part part)
    {
        var scaled = KubernetesTests.Find("ScaledObject", part.Name)["spec"]!;
        var queues = Triggers(scaled, "rabbitmq").Select(trigger => trigger["metadata"]!["queueName"].Text());

        Assert.That(scaled["scaleTargetRef"]!["name"].Text(), Is.EqualTo(part.Name));
        Assert.That(queues, Is.EquivalentTo(await part.QueuesAsync()));
        foreach (var trigger in scaled["triggers"]!.AsArray().Where(trigger => trigger!["type"].Text() != "cpu"))
            Assert.That(KubernetesTests.Find("TriggerAuthentication", trigger!["authenticationRef"]!["name"].Text()), Is.Not.Null);
    }

    [TestCaseSource(nameof(Five))]
    public async Task The_age_of_its_outbox_is_asked_of_its_own_table_as_the_services_role(Part part)
    {
        const string Role = "recado_scaling_test";
        var postgres = await Servers.PostgresAsync();
        await postgres.CreateRoleAsync(Role);
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var service = new ServiceProcess(part.Folder, new Dictionary<string, string> { ["Broker"] = "memory", ["Database"] = database, ["RuntimeRole"] = Role });
        Assert.That((await service.RunToEndAsync("migrate")).ExitCode, Is.Zero);
        await using var source = NpgsqlDataSource.Create(database);
        var schema = part.Name.Replace('-', '_');
        var query = Triggers(KubernetesTests.Find("ScaledObject", part.Name)["spec"]!, "postgresql").Single()["metadata"]!["query"].Text();

        Assert.That(await AskAsync(source, $"set role {Role}; {query}"), Is.Zero);
        await using (var insert = source.CreateCommand($"insert into {schema}.outbox (id, message_id, wire_name, body, created_at, due_at) values (gen_random_uuid(), gen_random_uuid(), 'x', ''::bytea, now() - interval '90 seconds', now())"))
            await insert.ExecuteNonQueryAsync();
        Assert.That(await AskAsync(source, $"set role {Role}; {query}"), Is.InRange(90, 300));
    }

    [Test]
    public void The_database_has_connections_for_all_replicas()
    {
        var most = Part.Five.Sum(part => 1 + int.Parse(KubernetesTests.Find("ScaledObject", part.Name)["spec"]!["maxReplicaCount"].Text(), CultureInfo.InvariantCulture)); // one more each while they are rolled out
        var pool = int.Parse(PoolSize().Match(Repository.Text("deploy/kubernetes/README.md")).Groups["size"].Value, CultureInfo.InvariantCulture);
        var allowed = int.Parse(KubernetesTests.Find("Cluster", "recado-postgres")["spec"]!["postgresql"]!["parameters"]!["max_connections"].Text(), CultureInfo.InvariantCulture);

        Assert.That(most * pool, Is.LessThanOrEqualTo(allowed - Reserve));
    }

    private static IEnumerable<JsonNode> Triggers(JsonNode scaled, string type) => scaled["triggers"]!.AsArray().OfType<JsonNode>().Where(trigger => trigger["type"].Text() == type);

    private static async Task<int> AskAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    [GeneratedRegex(@"Maximum Pool Size=(?<size>\d+)")]
    private static partial Regex PoolSize();
}
