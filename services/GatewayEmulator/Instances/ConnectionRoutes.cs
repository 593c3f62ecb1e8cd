using Recado.GatewayEmulator.Callbacks;

namespace Recado.GatewayEmulator.Instances;

/// <param name="Flushed">Messages that waited for the phone and go out now.</param>
internal sealed record ConnectionAnswer(bool Connected, int Flushed);

/// <summary>
/// Takes a phone off WhatsApp and back: <c>/emulator/instances/{instanceId}/disconnect</c> and <c>/connect</c>. What
/// was accepted before the phone went off still gets its callbacks; what is accepted while it is off waits.
/// </summary>
internal static class ConnectionRoutes
{
    public static void MapConnection(this RouteGroupBuilder emulator)
    {
        emulator.MapPost("/instances/{instanceId}/disconnect", Disconnect);
        emulator.MapPost("/instances/{instanceId}/connect", Connect);
    }

    private static IResult Disconnect(string instanceId, GatewayInstances instances, CallbackSender callbacks, TimeProvider time)
    {
        if (instances.Find(instanceId) is not { } instance)
            return Answers.Error(StatusCodes.Status400BadRequest, "instance not found");
        if (instance.Disconnect())
            Report(callbacks, instanceId, CallbackKind.Disconnected, CallbackBody.Disconnected(instanceId, time.GetUtcNow()));
        return Answer(connected: false, flushed: 0);
    }

    private static IResult Connect(string instanceId, GatewayInstances instances, CallbackSender callbacks, TimeProvider time)
    {
        if (instances.Find(instanceId) is not { } instance)
            return Answers.Error(StatusCodes.Status400BadRequest, "instance not found");
        if (instance.Connect() is not { } waited)
            return Answer(connected: true, flushed: 0);
        Report(callbacks, instanceId, CallbackKind.Connected, CallbackBody.Connected(instanceId, time.GetUtcNow()));
        foreach (var chain in waited)
            callbacks.Schedule(chain);
        return Answer(connected: true, waited.Count);
    }

    private static void Report(CallbackSender callbacks, string instanceId, CallbackKind kind, byte[] body) =>
        callbacks.Schedule(new CallbackChain(instanceId, [new(kind, TimeSpan.Zero, Body: body)]));

    private static IResult Answer(bool connected, int flushed) =>
        Answers.Json(new ConnectionAnswer(connected, flushed), EmulatorJson.Default.ConnectionAnswer);
}
