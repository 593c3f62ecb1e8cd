using System.Net;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Recado.AutomationMatcher;
using Recado.AutomationMatcher.Quarantine;
using Recado.Contracts;
using Recado.Normalizer;
using Recado.Normalizer.Webhooks;
using Recado.Platform;
using Recado.Platform.Bus;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>
/// Whatever a store's key opens acts for that store alone: each route still answers when the wall lets nobody through who
/// acts for the whole service, and what another store asks for is not there.
/// </summary>
public sealed class StoreRouteTests
{
    private const string Services = "recado_test_services";

    private const string Bundle =
        """
        {"stores":[{"id":"alpha","credentials":[{"source":"events","token":"alpha-events"}]},
                   {"id":"beta","credentials":[{"source":"events","token":"beta-events"}]}]}
        """;

    private static readonly Guid Webhook = WebhookIds.OfEvent("alpha", null, "seu-1");

    // Every route of the two services under /api that a key opens, and a question to which alpha has an answer.
    private static readonly (string Route, string Method, string Path, string? Body, string Tells)[] Routes =
    [
        ("/api/v1/quarantine", "GET", "/api/v1/quarantine", null, $"{Webhook}"),
        ("/api/v1/quarantine/{webhookId:guid}", "GET", $"/api/v1/quarantine/{Webhook}", null, "dripping"),
        ("/api/v1/quarantine/{webhookId:guid}/replay", "POST", $"/api/v1/quarantine/{Webhook}/replay", "", "still_quarantined"),
        ("/api/v1/quarantine/replay", "POST", "/api/v1/quarantine/replay", $$"""{"ids":["{{Webhook}}"]}""", "\"stillQuarantined\":1"),
        ("/api/v1/drift", "GET", "/api/v1/drift", null, "payment.moon"),
        ("/api/v1/events/{id:guid}", "GET", $"/api/v1/events/{Webhook}", null, "\"quarantined\""),
        ("/api/v1/events", "GET", "/api/v1/events?externalId=seu-1", null, "\"quarantined\""),
    ];

    private readonly List<HostInProcess> hosts = [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var server = await Servers.PostgresAsync();
        await server.CreateRoleAsync(Services);
        var name = $"routes-{Guid.NewGuid():N}";
        await server.CreateDatabaseAsync(name);
        await AddAsync(new NormalizerService(), server, name);
        await AddAsync(new AutomationMatcherService(), server, name);
        var webhook = new WebhookReceived
        {
            WebhookId = Webhook,
            StoreId = "alpha",
            Source = Sources.Wiapy,
            ReceivedAt = DateTimeOffset.UtcNow,
            Body = """{"payment":{"id":"1","status":"dripping","moon":"full"}}"""u8.ToArray(),
        };
        await hosts[0].Get<NormalizerDatabase>().InTransactionAsync(transaction =>
            hosts[0].Get<NormalizeWebhooks>().HandleAsync([new Received<WebhookReceived>(webhook, default)], transaction, default), default);
        var quarantined = new WebhookQuarantined { WebhookId = Webhook, StoreId = "alpha", Source = Sources.Wiapy, Reason = "unknown_status", Field = "payment.status", ReceivedAt = webhook.ReceivedAt };
        await hosts[1].Get<MatcherDatabase>().InTransactionAsync(transaction =>
            hosts[1].Get<NoteQuarantine>().HandleAsync([new Received<WebhookQuarantined>(quarantined, default)], transaction, default), default);
        await LockServiceOutAsync(server.ConnectionString(name));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    [Test]
    public void Every_route_is_asked_here() => Assert.That(
        hosts.SelectMany(host => host.Get<EndpointDataSource>().Endpoints).OfType<RouteEndpoint>().Select(route => route.RoutePattern.RawText!.TrimEnd('/'))
            .Where(route => route.StartsWith("/api", StringComparison.Ordinal)).Distinct(),
        Is.EquivalentTo(Routes.Select(route => route.Route)));

    [Test]
    public async Task Each_acts_for_the_store_of_the_key_alone([Range(0, 6)] int route)
    {
        var (pattern, method, path, body, tells) = Routes[route];

        var own = await AskAsync(pattern, method, path, body, "alpha-events");
        var foreign = await AskAsync(pattern, method, path, body, "beta-events");

        Assert.That(own.Status, Is.EqualTo(HttpStatusCode.OK), own.Text);
        Assert.That(own.Text, Does.Contain(tells));
        Assert.That(foreign.Text, Does.Not.Contain(tells));
        Assert.That(foreign.Text, Does.Not.Contain("dripping"));
    }

    private async Task AddAsync(IService service, PostgresServer server, string name)
    {
        await (await HostInProcess.PrepareAsync(service, server.ConnectionString(name), settings: [("RuntimeRole", Services), ("Bootstrap", "")])).DisposeAsync();
        var bundle = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        await File.WriteAllTextAsync(bundle, Bundle);
        var host = await HostInProcess.PrepareAsync(service, server.ConnectionString(name, Services), settings: [("Bootstrap", bundle), ("MigrateOnStart", "false")]);
        await host.StartAsync();
        hosts.Add(host);
    }

    /// <summary>From now on only who acts for a store sees its rows; but credentials, which say which store that is.</summary>
    private static async Task LockServiceOutAsync(string superuser)
    {
        await using var connection = new NpgsqlConnection(superuser + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            do $$
            declare p record;
            begin
              for p in select schemaname, tablename, policyname from pg_policies where tablename not in ('credentials', 'automations') loop
                execute format('alter policy %I on %I.%I using (current_setting(''recado.acts_for'', true) = ''store:'' || store_id)', p.policyname, p.schemaname, p.tablename);
              end loop;
            end $$
            """, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(string pattern, string method, string path, string? body, string key)
    {
        var host = hosts.Single(each => each.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Any(route => route.RoutePattern.RawText!.TrimEnd('/') == pattern));
        using var http = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
