namespace Recado.GatewayEmulator.Behaviours;

/// <summary><c>/emulator/behaviour</c>: shows, changes and resets how the emulator behaves; each answers the whole behaviour.</summary>
internal static class BehaviourRoutes
{
    public static void MapBehaviour(this RouteGroupBuilder emulator)
    {
        emulator.MapGet("/behaviour", (CurrentBehaviour behaviour) => Show(behaviour.Current));
        emulator.MapDelete("/behaviour", (CurrentBehaviour behaviour) => Show(behaviour.Reset()));
        emulator.MapPut("/behaviour", ChangeAsync);
    }

    private static async Task<IResult> ChangeAsync(HttpRequest request, CurrentBehaviour behaviour)
    {
        var (update, refusal) = await Answers.ReadAsync(request, EmulatorJson.Default.BehaviourUpdate);
        if (refusal is not null)
            return refusal;
        var (changed, problem) = behaviour.Change(update!);
        return changed is null ? Answers.Error(StatusCodes.Status400BadRequest, problem!) : Show(changed);
    }

    private static IResult Show(Behaviour behaviour) => Answers.Json(behaviour, EmulatorJson.Default.Behaviour);
}
