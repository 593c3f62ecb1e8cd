namespace Recado.Tests.Benchmarks.Bare.Stages;

/// <summary>Passes a request on as a message, and tells so.</summary>
public static class Rendering
{
    public static Task HandleAsync(Stage stage, List<Slip> slips) => stage.HandleAsync(Hop.MessageRequested, slips, _ => { },
        [
            .. slips.Select(slip => OutboxRow.Of(Hop.MessageRendered, slip with { Id = slip.Next(20) })),
            .. slips.Select(slip => OutboxRow.Of(Hop.StatusChanged, new(slip.Next(21), slip.Event, Status.Rendered, ""))),
        ]);
}

/// <summary>How far a message is; the numbers of the statuses in slips.</summary>
public static class Status
{
    public const byte Rendered = 0;
    public const byte Sent = 1;

    /// <summary>By number; the last two are what the gateway's receipts tell.</summary>
    public static readonly IReadOnlyList<string> Names = ["rendered", "sent", "delivered", "read"];
}
