using System.Diagnostics;

namespace Recado.Tests.GatewayEmulator;

public sealed class FaultTests
{
    private RunningEmulator emulator = null!;

    [SetUp]
    public async Task StartAsync() => emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await emulator.DisposeAsync();

    [TestCase("too-many-requests", 429)]
    [TestCase("server-error", 500)]
    [TestCase("unauthorized", 401)]
    [TestCase("bad-request", 400)]
    public async Task A_refusing_fault_records_nothing(string fault, int status)
    {
        await emulator.BehaveWithFaultAsync(fault);

        var refusal = await RunningEmulator.RefusalAsync(emulator.SendTextAsync());

        Assert.That(refusal.Status, Is.EqualTo(status));
        Assert.That(refusal.Error, Is.Not.Empty);
        Assert.That(await emulator.MessagesAsync(), Is.Empty);
    }

    [TestCase("", "1")]
    [TestCase(",\"retryAfterSeconds\":7", "7")]
    public async Task Too_many_requests_says_when_to_come_back(string more, string retryAfter)
    {
        await emulator.BehaveWithFaultAsync("too-many-requests", more);

        using var response = await emulator.SendTextAsync();

        Assert.That(response.Headers.GetValues("Retry-After"), Is.EqualTo((string[])[retryAfter]));
    }

    [Test]
    public async Task A_server_error_after_accept_has_accepted()
    {
        await emulator.BehaveWithFaultAsync("server-error-after-accept");

        var (status, _) = await RunningEmulator.RefusalAsync(emulator.SendTextAsync());

        Assert.That(status, Is.EqualTo(500));
        await ExpectOneMessageWithCallbacksAsync();
    }

    [Test]
    public async Task A_lost_response_has_accepted()
    {
        await emulator.BehaveWithFaultAsync("lost-response");

        Assert.That(async () => await emulator.SendTextAsync(), Throws.InstanceOf<HttpRequestException>());
        await ExpectOneMessageWithCallbacksAsync();
    }

    [Test]
    public async Task A_timeout_after_accept_holds_then_cuts_and_has_accepted()
    {
        await emulator.BehaveWithFaultAsync("timeout-after-accept", ",\"delayMs\":100");
        var clock = Stopwatch.StartNew();

        Assert.That(async () => await emulator.SendTextAsync(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(clock.ElapsedMilliseconds, Is.GreaterThanOrEqualTo(80), "held; a timer may end a tick of the kernel, 10 ms, too early");
        await ExpectOneMessageWithCallbacksAsync();
    }

    [Test]
    public async Task A_timeout_before_accept_holds_then_cuts_and_has_not_accepted()
    {
        await emulator.BehaveWithFaultAsync("timeout-before-accept", ",\"delayMs\":100");
        var clock = Stopwatch.StartNew();

        Assert.That(async () => await emulator.SendTextAsync(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(clock.ElapsedMilliseconds, Is.GreaterThanOrEqualTo(80), "held; a timer may end a tick of the kernel, 10 ms, too early");
        Assert.That(await emulator.MessagesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_sender_may_give_up_during_a_timeout()
    {
        await emulator.BehaveWithFaultAsync("timeout-after-accept", ",\"times\":1");
        using var impatient = new HttpClient { BaseAddress = emulator.Http.BaseAddress, Timeout = TimeSpan.FromMilliseconds(300) };
        impatient.DefaultRequestHeaders.Add("Client-Token", "t");

        Assert.That(
            async () => await impatient.PostAsync(RunningEmulator.Gateway("send-text"), RunningEmulator.Json("""{"phone":"5511988887777","message":"m"}""")),
            Throws.InstanceOf<TaskCanceledException>());
        await ExpectOneMessageWithCallbacksAsync();
        await emulator.AcceptedTextAsync();
    }

    [TestCase("invalid-json", "text/html", "<html>")]
    [TestCase("no-id", "application/json", "{}")]
    public async Task An_answer_that_says_nothing_has_accepted(string fault, string contentType, string start)
    {
        await emulator.BehaveWithFaultAsync(fault);

        using var response = await emulator.SendTextAsync();

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(contentType));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith(start));
        await ExpectOneMessageWithCallbacksAsync();
    }

    [Test]
    public async Task A_slow_answer_is_a_normal_one()
    {
        await emulator.BehaveWithFaultAsync("slow", ",\"delayMs\":150");
        var clock = Stopwatch.StartNew();

        await emulator.AcceptedTextAsync();

        Assert.That(clock.ElapsedMilliseconds, Is.GreaterThanOrEqualTo(145));
        await ExpectOneMessageWithCallbacksAsync();
    }

    [Test]
    public async Task Duplicate_callbacks_come_twice()
    {
        await emulator.BehaveWithFaultAsync("duplicate-callbacks");
        await emulator.AcceptedTextAsync();

        Assert.That((await emulator.Receiver.ExpectAsync(6)).Select(Short), Is.EqualTo((string[])["DELIVERY", "DELIVERY", "RECEIVED", "RECEIVED", "READ", "READ"]));
    }

    [Test]
    public async Task Reordered_callbacks_come_last_first()
    {
        await emulator.BehaveWithFaultAsync("reordered-callbacks");
        await emulator.AcceptedTextAsync();

        Assert.That((await emulator.Receiver.ExpectAsync(3)).Select(Short), Is.EqualTo((string[])["READ", "RECEIVED", "DELIVERY"]));
        Assert.That((string)(await emulator.MessagesAsync())[0]!["status"]!, Is.EqualTo("READ"));
    }

    [Test]
    public async Task Early_callbacks_arrive_before_the_answer()
    {
        await emulator.BehaveAsync(
            """{"faults":[{"fault":"early-callbacks"}],"receipts":[{"type":"DELIVERY","delayMs":5000},{"type":"READ","delayMs":9000}]}""");
        var id = await emulator.AcceptedTextAsync();

        Assert.That(emulator.Receiver.Posts.Select(Short), Is.EqualTo((string[])["DELIVERY", "READ"]), "without waiting");
        Assert.That(emulator.Receiver.Posts.Select(post => post.MessageId), Is.All.EqualTo(id));
    }

    [Test]
    public async Task No_callbacks_means_none()
    {
        await emulator.BehaveAsync("""{"echo":true,"faults":[{"fault":"no-callbacks","times":1}]}""");
        await emulator.AcceptedTextAsync(message: "silent");
        await emulator.AcceptedTextAsync(message: "heard");

        var posts = await emulator.Receiver.ExpectAsync(4);

        Assert.That(posts.Select(post => post.MessageId).Distinct().Count(), Is.EqualTo(1));
        Assert.That((await emulator.MessagesAsync()).Select(message => (string)message!["status"]!), Is.EqualTo((string[])["ACCEPTED", "READ"]));
    }

    [Test]
    public async Task A_delivery_error_reports_a_failure_in_the_documented_shape()
    {
        await emulator.BehaveWithFaultAsync("delivery-error");
        var id = await emulator.AcceptedTextAsync();

        var posts = await emulator.Receiver.ExpectAsync(1);

        Assert.That(posts.Single().Body.ToJsonString(), Is.EqualTo(
            $$"""{"phone":"5511988887777","messageId":"{{id}}","id":"{{id}}","type":"DeliveryCallback","instanceId":"INSTANCE_1","status":"ERROR","error":"rate limit","statusCode":429}"""));
        Assert.That((string)(await emulator.MessagesAsync())[0]!["status"]!, Is.EqualTo("ERROR"));
    }

    [Test]
    public async Task A_fault_stops_after_its_times()
    {
        await emulator.BehaveWithFaultAsync("server-error", ",\"times\":2");

        Assert.That(await StatusesAsync(4), Is.EqualTo((int[])[500, 500, 200, 200]));
    }

    [Test]
    public async Task An_invalid_send_does_not_use_a_fault_up()
    {
        await emulator.BehaveWithFaultAsync("server-error", ",\"times\":1");
        using var invalid = await emulator.SendAsync("text", "{}");

        Assert.That(await StatusesAsync(2), Is.EqualTo((int[])[500, 200]));
    }

    [TestCase(",\"phone\":\"5511911110000\"", "5511911110000", "I1", 500)]
    [TestCase(",\"phone\":\"5511911110000\"", "5511922220000", "I1", 200)]
    [TestCase(",\"instanceId\":\"I1\"", "5511922220000", "I1", 500)]
    [TestCase(",\"instanceId\":\"I1\"", "5511922220000", "I2", 200)]
    [TestCase(",\"action\":\"text\"", "5511922220000", "I2", 500)]
    [TestCase(",\"action\":\"send-text\"", "5511922220000", "I2", 500)]
    [TestCase(",\"action\":\"send-image\"", "5511922220000", "I2", 200)]
    public async Task A_fault_meets_only_the_sends_it_names(string more, string phone, string instance, int status)
    {
        await emulator.BehaveWithFaultAsync("server-error", more);

        using var response = await emulator.SendTextAsync(phone, instance: instance);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Chance_is_the_same_for_the_same_seed()
    {
        const string HalfOfThem = """{"seed":42,"faults":[{"fault":"server-error","probability":0.5}]}""";
        await emulator.BehaveAsync(HalfOfThem);
        var first = await StatusesAsync(30);
        await emulator.BehaveAsync(HalfOfThem);
        var second = await StatusesAsync(30);

        Assert.That(second, Is.EqualTo(first));
        Assert.That(first, Does.Contain(200).And.Contain(500));
    }

    [Test]
    public async Task Answer_faults_take_turns_and_callback_faults_add_up()
    {
        await emulator.BehaveAsync(
            """{"faults":[{"fault":"server-error","times":1},{"fault":"no-id","times":1},{"fault":"reordered-callbacks"},{"fault":"duplicate-callbacks"}]}""");

        Assert.That(await StatusesAsync(2), Is.EqualTo((int[])[500, 200]));
        Assert.That((await emulator.Receiver.ExpectAsync(6)).Select(Short), Is.EqualTo((string[])["READ", "READ", "RECEIVED", "RECEIVED", "DELIVERY", "DELIVERY"]));
    }

    private async Task<List<int>> StatusesAsync(int sends)
    {
        List<int> statuses = [];
        for (var sent = 0; sent < sends; sent++)
        {
            using var response = await emulator.SendTextAsync();
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }

    private async Task ExpectOneMessageWithCallbacksAsync()
    {
        var posts = await emulator.Receiver.ExpectAsync(3);
        var message = (await emulator.MessagesAsync()).Single()!;
        Assert.That(posts.Select(post => post.MessageId), Is.All.EqualTo((string)message["messageId"]!));
    }

    private static string Short(ReceivedPost post) => (string?)post.Body["status"] ?? "DELIVERY";
}
