using System.Text.Json.Nodes;

namespace Recado.Tests.GatewayEmulator;

public sealed class BehaviourTests
{
    private RunningEmulator emulator = null!;

    [SetUp]
    public async Task StartAsync() => emulator = await RunningEmulator.StartAsync(("Emulator:Receipts:0:DelayMs", "7"), ("Emulator:Echo", "true"));

    [TearDown]
    public async Task StopAsync() => await emulator.DisposeAsync();

    [Test]
    public async Task The_behaviour_starts_as_configured()
    {
        var behaviour = await emulator.GetAsync("/emulator/behaviour");

        Assert.That(behaviour.ToJsonString(), Is.EqualTo(
            """{"receipts":[{"type":"DELIVERY","delayMs":7},{"type":"RECEIVED","delayMs":0},{"type":"READ","delayMs":0}],"echo":true,"seed":1,"faults":[]}"""));
    }

    [Test]
    public async Task A_change_leaves_alone_what_it_does_not_name_and_answers_the_whole()
    {
        using var response = await emulator.Http.PutAsync(
            "/emulator/behaviour", RunningEmulator.Json("""{"echo":false,"faults":[{"fault":"slow","delayMs":5,"times":3}]}"""));
        var answer = await RunningEmulator.ObjectAsync(response);

        Assert.That((bool)answer["echo"]!, Is.False);
        Assert.That(answer["receipts"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That((int)answer["faults"]![0]!["delayMs"]!, Is.EqualTo(5));
        Assert.That(JsonNode.DeepEquals(await emulator.GetAsync("/emulator/behaviour"), answer), Is.True);
    }

    [Test]
    public async Task A_change_of_something_else_does_not_wind_faults_up_again()
    {
        await emulator.BehaveWithFaultAsync("server-error", ",\"times\":1");
        using var struck = await emulator.SendTextAsync();
        await emulator.BehaveAsync("""{"echo":false}""");

        await emulator.AcceptedTextAsync();

        Assert.That((int)struck.StatusCode, Is.EqualTo(500));
    }

    [Test]
    public async Task A_reset_goes_back_to_the_settings()
    {
        var before = await emulator.GetAsync("/emulator/behaviour");
        await emulator.BehaveAsync("""{"echo":false,"seed":9,"receipts":[],"faults":[{"fault":"server-error"}]}""");

        using var response = await emulator.Http.DeleteAsync("/emulator/behaviour");

        Assert.That(JsonNode.DeepEquals(await RunningEmulator.ObjectAsync(response), before), Is.True);
        await emulator.AcceptedTextAsync();
    }

    [TestCase("""{"faults":[{"fault":"nope"}]}""", "fault must be one of ")]
    [TestCase("""{"faults":[null]}""", "a fault must be an object")]
    [TestCase("""{"faults":[{"fault":"slow","times":0}]}""", "a fault's times must be at least 1")]
    [TestCase("""{"faults":[{"fault":"slow","probability":1.1}]}""", "a fault's probability must be from 0 to 1")]
    [TestCase("""{"faults":[{"fault":"slow","delayMs":-1}]}""", "a fault's delayMs must be from 0 to 600000")]
    [TestCase("""{"faults":[{"fault":"slow","retryAfterSeconds":-1}]}""", "a fault's retryAfterSeconds must be from 0 to 86400")]
    [TestCase("""{"faults":[{"fault":"slow","action":"send-fax"}]}""", "a fault's action must be one of")]
    [TestCase("""{"faults":[{"times":1}]}""", "invalid JSON body at $")]
    [TestCase("""{"faults":[{"fault":"slow","delay":1}]}""", "invalid JSON body at $.faults[0].delay")]
    [TestCase("""{"receipts":[{"type":"GONE","delayMs":1}]}""", "a receipt's type must be one of ")]
    [TestCase("""{"receipts":[{"type":"READ","delayMs":-1}]}""", "a receipt's delayMs must be from 0 to 86400000")]
    [TestCase("""{"receits":[]}""", "invalid JSON body at $.receits")]
    [TestCase("""{"echo":"yes"}""", "invalid JSON body at $.echo")]
    [TestCase("null", "invalid JSON body")]
    [TestCase("{", "invalid JSON body at $")]
    public async Task A_wrong_change_is_refused_whole(string change, string error)
    {
        var before = await emulator.GetAsync("/emulator/behaviour");

        var refusal = await RunningEmulator.RefusalAsync(emulator.Http.PutAsync("/emulator/behaviour", RunningEmulator.Json(change)));

        Assert.That(refusal.Status, Is.EqualTo(400));
        Assert.That(refusal.Error, Does.StartWith(error));
        Assert.That(JsonNode.DeepEquals(await emulator.GetAsync("/emulator/behaviour"), before), Is.True);
    }
}
