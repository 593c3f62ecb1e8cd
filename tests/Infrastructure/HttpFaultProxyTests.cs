using System.Net.Http.Json;

namespace Recado.Tests.Infrastructure;

public sealed class HttpFaultProxyTests
{
    [Test]
    public async Task A_swallowed_response_has_reached_the_server_and_a_duplicated_request_twice()
    {
        await using var emulator = new ServiceProcess("GatewayEmulator", new Dictionary<string, string>());
        await emulator.StartAsync();
        await using var proxy = await HttpFaultProxy.StartAsync(emulator.Http.BaseAddress!);
        using var client = new HttpClient { BaseAddress = proxy.Address };
        client.DefaultRequestHeaders.Add("Client-Token", "C");
        var gateway = new GatewayMessages(emulator.Http);

        using var plain = await PostAsync(client, "5511900000001");
        Assert.That(plain.IsSuccessStatusCode, Is.True, await plain.Content.ReadAsStringAsync());
        proxy.Trouble = HttpTrouble.SwallowResponse;
        Assert.That(async () => await PostAsync(client, "5511900000002"), Throws.InstanceOf<HttpRequestException>());
        proxy.Trouble = HttpTrouble.DuplicateRequest;
        using var twice = await PostAsync(client, "5511900000003");

        Assert.That(twice.IsSuccessStatusCode, Is.True);
        Assert.That((await gateway.AllAsync()).Select(message => message.Phone),
            Is.EqualTo(new[] { "5511900000001", "5511900000002", "5511900000003", "5511900000003" }));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string phone) =>
        client.PostAsJsonAsync("/instances/I/token/T/send-text", new { phone, message = "oi" });
}
