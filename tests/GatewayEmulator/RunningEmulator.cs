using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Recado.GatewayEmulator;

namespace Recado.Tests.GatewayEmulator;

/// <summary>The emulator on a port of its own, with a receiver for its callbacks; talks real HTTP.</summary>
public sealed class RunningEmulator : IAsyncDisposable
{
    public const string Instance = "INSTANCE_1";
    public const string Phone = "5511988887777";

    private readonly WebApplication app;

    private RunningEmulator(WebApplication app, CallbackReceiver receiver)
    {
        this.app = app;
        Receiver = receiver;
        Http = new() { BaseAddress = new(app.Urls.First()), Timeout = TimeSpan.FromSeconds(30) };
        Http.DefaultRequestHeaders.Add("Client-Token", "account-token");
    }

    public CallbackReceiver Receiver { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Callbacks go out at once unless settings say otherwise.</summary>
    public static Task<RunningEmulator> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(log: null, settings);

    public static async Task<RunningEmulator> StartAsync(ILoggerProvider? log, params (string Key, string? Value)[] settings)
    {
        var receiver = await CallbackReceiver.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Emulator:Callbacks:*"] = receiver.Url.ToString(),
            ["Emulator:Receipts:0:Type"] = "DELIVERY",
            ["Emulator:Receipts:1:Type"] = "RECEIVED",
            ["Emulator:Receipts:2:Type"] = "READ",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        var service = new GatewayEmulatorService();
        service.AddServices(builder.Services, builder.Configuration);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        service.MapEndpoints(app);
        await app.StartAsync();
        return new(app, receiver);
    }

    public static string Gateway(string route, string instance = Instance) => $"/instances/{instance}/token/secret-token/{route}";

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public Task<HttpResponseMessage> SendAsync(string action, string body, string instance = Instance) =>
        Http.PostAsync(Gateway($"send-{action}", instance), Json(body));

    public Task<HttpResponseMessage> SendTextAsync(string phone = Phone, string message = "Olá!", string instance = Instance) =>
        SendAsync("text", new JsonObject { ["phone"] = phone, ["message"] = message }.ToJsonString(), instance);

    /// <summary>Sends a text that must be accepted; its message id.</summary>
    public async Task<string> AcceptedTextAsync(string phone = Phone, string message = "Olá!", string instance = Instance)
    {
        using var response = await SendTextAsync(phone, message, instance);
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        return (string)(await ObjectAsync(response))["messageId"]!;
    }

    public async Task BehaveAsync(string behaviour)
    {
        using var response = await Http.PutAsync("/emulator/behaviour", Json(behaviour));
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
    }

    /// <summary>Asks for one fault; <paramref name="more"/> are further fields of the rule.</summary>
    public Task BehaveWithFaultAsync(string fault, string more = "") =>
        BehaveAsync($$"""{"faults":[{"fault":"{{fault}}"{{more}}}]}""");

    public async Task<JsonArray> MessagesAsync(string query = "") => (await Http.GetFromJsonAsync<JsonArray>($"/emulator/messages{query}"))!;

    public async Task<JsonObject> GetAsync(string path) => (await Http.GetFromJsonAsync<JsonObject>(path))!;

    public static async Task<JsonObject> ObjectAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonObject>())!;

    /// <summary>The status code and the gateway's words.</summary>
    public static async Task<(int Status, string? Error)> RefusalAsync(Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        return ((int)response.StatusCode, (string?)(await ObjectAsync(response))["error"]);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
