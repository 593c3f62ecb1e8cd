using System.Data.Common;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;
using Recado.Contracts;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>What was not understood waits, and goes its whole way once it is.</summary>
[TestFixture(Topology.Standalone)]
[TestFixture(Topology.FiveProcesses)]
public sealed class QuarantineTests(Topology topology)
{
    private const string Phone = "5511977770001";
    private RunningRecado _recado = null!;
    private Func<DbConnection> _connect = null!;
    private string _table = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (topology == Topology.Standalone)
        {
            var folder = RunFolder.New("quarantine");
            _recado = await StandaloneRecado.StartAsync(timeScale: 36_000, database: Path.Combine(folder, "recado.db"));
            (_connect, _table) = (() => new SqliteConnection($"Data Source={Path.Combine(folder, "recado.normalizer.db")}"), "quarantine");
            return;
        }
        var five = await FiveProcessRecado.StartAsync(timeScale: 36_000);
        (_recado, _connect, _table) = (five, () => new NpgsqlConnection(five.Processes.Database), "normalizer.quarantine");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _recado.DisposeAsync();

    [Test]
    public async Task An_unknown_status_is_put_aside_reported_and_after_an_upgrade_replayed_to_its_customer()
    {
        var id = (await _recado.PostAsync(Webhook.Wiapy(Body("teleported")))).Id;
        await _recado.WaitForTimelineAsync(id, lines => lines.Any(line => line is { What: "quarantined", Reason: "unknown_status", Detail: "payment.status" }), "it is put aside");

        Assert.That((await AskAsync(HttpMethod.Get, "/api/v1/quarantine?reason=unknown_status"))["items"]!.AsArray().Select(item => (Guid)item!["webhookId"]!), Is.EqualTo(new[] { id }));
        Assert.That((await AskAsync(HttpMethod.Get, $"/api/v1/quarantine/{id}"))["body"]!.ToJsonString(), Is.EqualTo(Body("teleported")));
        Assert.That((string)(await AskAsync(HttpMethod.Post, $"/api/v1/quarantine/{id}/replay"))["status"]!, Is.EqualTo("still_quarantined"));
        Assert.That((await AskAsync(HttpMethod.Get, "/api/v1/drift?source=wiapy"))["sources"]![0]!["newStatuses"]!.ToJsonString(), Does.Contain("\"value\":\"teleported\",\"count\":1"));

        // No test can bring an upgrade; a row that today's code understands is what one leaves.
        await MendAsync(id);
        var first = await AskAsync(HttpMethod.Post, $"/api/v1/quarantine/{id}/replay");
        Assert.That((string)first["status"]!, Is.EqualTo("replayed"));
        var timeline = await _recado.WaitForTimelineAsync(id, lines => lines.Any(line => line.What == "read"), "its message is read");
        Assert.That(timeline.Select(line => line.What), Is.SupersetOf(new[] { "quarantined", "replayed", "received", "requested", "sent", "read" }));
        Assert.That(timeline.TakeWhile(line => line.What != "replayed").Select(line => line.What), Is.EquivalentTo(new[] { "received", "quarantined" }));

        Assert.That((await AskAsync(HttpMethod.Post, $"/api/v1/quarantine/{id}/replay")).ToJsonString(), Is.EqualTo(first.ToJsonString()));
        await _recado.PostAsync(Webhook.Event("""{"id":"depois","type":"customer.registered","customer":{"name":"Fim","phone":"+5511977770002"}}"""));
        await _recado.Gateway.WaitForAsync("5511977770002", 1, RunningRecado.Soon);
        Assert.That(await _recado.Gateway.AllAsync(Phone), Has.Count.EqualTo(1));
    }

    private static string Body(string status) =>
        $$$"""{"payment":{"id":"6812a0f4cc58d1620569ff01","status":"{{{status}}}","amount":4700,"payment_method":"pix"},"customer":{"name":"Ana","mobile_phone":"(11) 97777-0001"}}""";

    private async Task MendAsync(Guid id)
    {
        var understood = new WebhookReceived { WebhookId = id, StoreId = "demo", Source = Sources.Wiapy, ReceivedAt = DateTimeOffset.UtcNow, Body = Encoding.UTF8.GetBytes(Body("paid")) };
        await using var connection = _connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"update {_table} set webhook = @webhook where webhook_id = @id";
        foreach (var (name, value) in new (string, object)[] { ("@webhook", JsonSerializer.SerializeToUtf8Bytes(understood, ContractsJson.Default.WebhookReceived)), ("@id", id) })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        Assert.That(await command.ExecuteNonQueryAsync(), Is.EqualTo(1));
    }

    private async Task<JsonNode> AskAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer events-demo-key");
        using var response = await _recado.Normalizer.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
