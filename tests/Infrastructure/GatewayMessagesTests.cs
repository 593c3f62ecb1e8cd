using System.Net;
using System.Net.Http.Json;

namespace Recado.Tests.Infrastructure;

public sealed class GatewayMessagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private ServiceProcess emulator = null!;
    private GatewayMessages gateway = null!;

    [OneTimeSetUp]
    public async Task Start_an_emulator()
    {
        emulator = new ServiceProcess("GatewayEmulator", new Dictionary<string, string>());
        await emulator.StartAsync();
        gateway = new GatewayMessages(emulator.Http);
    }

    [OneTimeTearDown]
    public async Task Stop_it() => await emulator.DisposeAsync();

    [TearDown]
    public async Task Forget()
    {
        await gateway.BehaveAsConfiguredAsync();
        await gateway.ClearAsync();
    }

    [Test]
    public async Task An_accepted_message_is_read_with_all_its_parts_and_others_are_left_out()
    {
        await SendAsync("5511999990001", "olá");
        await SendAsync("5511999990002", "tchau");

        var message = (await gateway.WaitForAsync("5511999990001", 1, Patience)).Single();

        Assert.That((message.Phone, message.Kind, message.Text), Is.EqualTo(("5511999990001", "text", "olá")));
        Assert.That(message.InstanceId, Is.EqualTo("INSTANCE_1"));
        Assert.That(message.MessageId, Is.Not.Empty);
        Assert.That(message.Body.GetProperty("message").GetString(), Is.EqualTo("olá"));
        Assert.That(await gateway.AllAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Cleared_messages_are_gone()
    {
        await SendAsync("5511999990003", "olá");

        await gateway.ClearAsync();

        Assert.That(await gateway.AllAsync(), Is.Empty);
    }

    [Test]
    public async Task A_fault_that_was_asked_for_happens()
    {
        await gateway.BehaveAsync(new { faults = new[] { new { fault = "server-error", times = 1 } } });

        Assert.That(() => SendAsync("5511999990004", "olá"), Throws.TypeOf<HttpRequestException>());
        await SendAsync("5511999990004", "olá");

        Assert.That(await gateway.AllAsync("5511999990004"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_reply_goes_to_the_webhook_of_the_instance()
    {
        using var listener = new HttpListener();
        var address = $"http://127.0.0.1:{Ports.Free()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        await using var listened = new ServiceProcess("GatewayEmulator", new Dictionary<string, string> { ["Emulator__Callbacks__*"] = address });
        await listened.StartAsync();

        await new GatewayMessages(listened.Http).ReplyAsync("5511999990005", "sair");

        var callback = await listener.GetContextAsync().WaitAsync(Patience);
        using var body = new StreamReader(callback.Request.InputStream);
        Assert.That(await body.ReadToEndAsync(), Does.Contain("sair").And.Contain("5511999990005"));
        callback.Response.Close();
    }

    private async Task SendAsync(string phone, string message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/instances/INSTANCE_1/token/T/send-text");
        request.Headers.Add("Client-Token", "C");
        request.Content = JsonContent.Create(new { phone, message });
        using var response = await emulator.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
