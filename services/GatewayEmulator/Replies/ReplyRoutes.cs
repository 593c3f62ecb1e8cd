using System.Text.Json.Serialization;
using Recado.GatewayEmulator.Callbacks;
using Recado.GatewayEmulator.Instances;
using Recado.GatewayEmulator.Messages;
using Recado.GatewayEmulator.Sending;

namespace Recado.GatewayEmulator.Replies;

/// <summary>What a customer is made to write.</summary>
/// <param name="InstanceId">The shop's phone; absent: the one that last wrote to this customer, else the only one in the settings, else <c>INSTANCE_1</c>.</param>
/// <param name="MessageId">Absent: a new one.</param>
/// <param name="InReplyTo">The id of the message that it answers.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ReplyOrder(string? Phone, string? Text, string? InstanceId, string? MessageId, string? InReplyTo);

internal sealed record ReplyAnswer(string MessageId);

/// <summary><c>POST /emulator/replies</c>: a customer writes to the shop.</summary>
internal static class ReplyRoutes
{
    private const string UsualInstance = "INSTANCE_1";

    public static void MapReplies(this RouteGroupBuilder emulator) => emulator.MapPost("/replies", ReplyAsync);

    private static async Task<IResult> ReplyAsync(
        HttpRequest request, GatewayInstances instances, KeptMessages messages, CallbackSender callbacks, GatewayIds ids, TimeProvider time)
    {
        var (order, refusal) = await Answers.ReadAsync(request, EmulatorJson.Default.ReplyOrder);
        if (refusal is not null)
            return refusal;
        if (Problem(order!) is { } problem)
            return Answers.Error(StatusCodes.Status400BadRequest, problem);

        var instanceId = order!.InstanceId ?? messages.To(order.Phone!).LastOrDefault()?.InstanceId ?? instances.OnlyConfigured ?? UsualInstance;
        if (instances.Find(instanceId) is not { } instance)
            return Answers.Error(StatusCodes.Status400BadRequest, "instance not found");
        if (instances.CallbackUrl(instanceId, CallbackKind.Received) is null)
            return Answers.Error(StatusCodes.Status409Conflict, "the instance has no webhook for received messages");

        var received = new ReceivedCallback(
            instanceId, string.IsNullOrEmpty(order.MessageId) ? ids.NextMessageId() : order.MessageId, order.Phone!,
            FromMe: false, time.GetUtcNow(), order.InReplyTo);
        return Deliver(received, order.Text!, instance, callbacks)
            ? Answers.Json(new ReplyAnswer(received.MessageId), EmulatorJson.Default.ReplyAnswer)
            : Answers.Error(StatusCodes.Status429TooManyRequests, "queue is full while the phone is disconnected");
    }

    private static bool Deliver(ReceivedCallback received, string text, GatewayInstance instance, CallbackSender callbacks)
    {
        var body = received.Body(json =>
        {
            json.WriteStartObject("text");
            json.WriteString("message", text);
            json.WriteEndObject();
        });
        var chain = new CallbackChain(received.InstanceId, [new(CallbackKind.Received, TimeSpan.Zero, Body: body)]);
        var admission = instance.Admit(chain);
        if (admission == Admission.Now)
            callbacks.Schedule(chain);
        return admission != Admission.Full;
    }

    private static string? Problem(ReplyOrder order)
    {
        if (string.IsNullOrEmpty(order.Phone))
            return "phone is required";
        if (!WhatsAppPhone.IsValid(order.Phone))
            return "phone must have 12 to 15 digits, or be a group or LID";
        return string.IsNullOrEmpty(order.Text) ? "text is required" : null;
    }
}
