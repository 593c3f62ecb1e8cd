using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>A bundle that cannot be understood ends the process with one sentence, before anything of it is taken.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BundleTests
{
    [Test]
    public async Task A_bundle_that_is_not_there() =>
        RefusedStart.AssertSaidLike(await RunAsync("Ingest", "/nonexistent/bundle.json"),
            @"^ingest cannot start: the bundle '/nonexistent/bundle\.json' \(setting Bootstrap\) cannot be read: ");

    [TestCase("Ingest", "")]
    [TestCase("Ingest", "{")]
    [TestCase("Ingest", "null")]
    [TestCase("Ingest", "[]")]
    [TestCase("Ingest", "{}")]
    [TestCase("Ingest", """{"stores":null}""")]
    [TestCase("Ingest", """{"stores":[null]}""")]
    [TestCase("Ingest", """{"stores":[{"credentials":[]}]}""")]
    [TestCase("Ingest", """{"stores":[{"id":null,"credentials":[]}]}""")]
    [TestCase("Ingest", """{"stores":[{"id":"s","credentials":[{"token":"t"}]}]}""")]
    [TestCase("AutomationMatcher", """{"stores":[{"id":"s","automations":[{"trigger":"cart.abandoned","steps":[]}]}]}""")]
    [TestCase("AutomationMatcher", """{"stores":[{"id":"s","automations":[{"id":"a","trigger":"cart.abandoned","steps":null}]}]}""")]
    [TestCase("TemplateRenderer", """{"stores":[{"id":"s","templates":[{"name":"t"}]}]}""")]
    [TestCase("WhatsAppDispatcher", """{"stores":[{"id":"s","gateways":[{"instance":"i"}]}]}""")]
    public async Task A_bundle_of_another_shape(string service, string json) =>
        RefusedStart.AssertSaidLike(await RunAsync(service, await FileAsync(json)), @"^[a-z-]+ cannot start: the bundle '.+' \(setting Bootstrap\) cannot be read: .");

    [TestCase("Ingest", """{"stores":[{"id":"s","credentials":[{"source":"wiapy"}]}]}""",
        "a 'wiapy' credential of store 's' in the bundle has neither token nor tokenSha256.")]
    [TestCase("Ingest", """{"stores":[{"id":"s","credentials":[{"source":"wiapy","token":"${TOKEN_OF_S}"}]}]}""",
        "the bundle asks for the setting 'TOKEN_OF_S', which is not set.")]
    [TestCase("AutomationMatcher", """{"stores":[{"id":"s","automations":[{"id":"a","trigger":"cart.lost","steps":[{"send":"t"}]}]}]}""",
        "automation 'a' in the bundle: 'cart.lost' is not an event type.")]
    [TestCase("AutomationMatcher", """{"stores":[{"id":"s","automations":[{"id":"a","trigger":"cart.abandoned","steps":[{"wait":"soon"},{"send":"t"}]}]}]}""",
        "automation 'a' in the bundle: 'soon' is not a duration such as 30s, 15m, 1h or 2d.")]
    [TestCase("AutomationMatcher", """{"stores":[{"id":"s","automations":[{"id":"a","trigger":"cart.abandoned","steps":[{"wait":"1h"}]}]}]}""",
        "automation 'a' in the bundle: it sends nothing.")]
    [TestCase("TemplateRenderer", """{"stores":[{"id":"s","linkHosts":["https://loja.example"],"templates":[]}]}""",
        "store 's' in the bundle: linkHosts has 'https://loja.example', which is neither a host in lower case like shop.example.com nor one like *.example.com.")]
    [TestCase("WhatsAppDispatcher", """{"stores":[{"id":"s","gateways":[{"instance":"i","baseAddress":"gopher://x","token":"t"}]}]}""",
        "gateway 'i' of store 's' in the bundle: baseAddress 'gopher://x' is not an http(s) address.")]
    [TestCase("WhatsAppDispatcher", """{"stores":[{"id":"s","gateways":[{"instance":"i","baseAddress":"https://user:pass@x.example","token":"t"}]}]}""",
        "gateway 'i' of store 's' in the bundle: baseAddress holds a user name or password: give them as a header.")]
    [TestCase("WhatsAppDispatcher", """{"stores":[{"id":"s","gateways":[{"instance":"i","baseAddress":"https://169.254.169.254","token":"t"}]}]}""",
        "gateway 'i' of store 's' in the bundle: baseAddress 'https://169.254.169.254' is not a public address over https; Dispatcher:AllowPrivateGateways can allow it.")]
    [TestCase("WhatsAppDispatcher", """{"stores":[{"id":"s","gateways":[{"instance":"i","baseAddress":"https://2130706433/x","token":"t"}]}]}""",
        "gateway 'i' of store 's' in the bundle: baseAddress 'https://127.0.0.1' is not a public address over https; Dispatcher:AllowPrivateGateways can allow it.")]
    [TestCase("WhatsAppDispatcher", """{"stores":[{"id":"s","gateways":[{"instance":"i","baseAddress":"https://[::ffff:127.0.0.1]","token":"t"}]}]}""",
        "gateway 'i' of store 's' in the bundle: baseAddress 'https://[::ffff:127.0.0.1]' is not a public address over https; Dispatcher:AllowPrivateGateways can allow it.")]
    [TestCase("WhatsAppDispatcher", """{"stores":[{"id":"s","gateways":[{"instance":"i","baseAddress":"http://api.example.com","token":"t"}]}]}""",
        "gateway 'i' of store 's' in the bundle: baseAddress 'http://api.example.com' is not https on an allowed port (Dispatcher:GatewayPorts); Dispatcher:AllowPrivateGateways can allow it.")]
    [TestCase("WhatsAppDispatcher", """{"stores":[{"id":"s","gateways":[{"instance":"i","baseAddress":"https://api.example.com:6379","token":"t"}]}]}""",
        "gateway 'i' of store 's' in the bundle: baseAddress 'https://api.example.com:6379' is not https on an allowed port (Dispatcher:GatewayPorts); Dispatcher:AllowPrivateGateways can allow it.")]
    public async Task A_bundle_with_a_wrong_part(string service, string json, string sentence) =>
        RefusedStart.AssertSaidLike(await RunAsync(service, await FileAsync(json)), $"^[a-z-]+ cannot start: {System.Text.RegularExpressions.Regex.Escape(sentence)}$");

    private static async Task<string> FileAsync(string json)
    {
        var path = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        await File.WriteAllTextAsync(path, json);
        return path;
    }

    private static async Task<Ended> RunAsync(string service, string bundle)
    {
        await using var process = new ServiceProcess(service, new Dictionary<string, string>
        {
            ["Broker"] = "memory",
            ["Database"] = await FreshDatabase.CreateAsync(Engine.Sqlite),
            ["MigrateOnStart"] = "true",
            ["Bootstrap"] = bundle,
        });
        return await process.RunToEndAsync();
    }
}
