using static Recado.Tests.Benchmarks.Bare.Statements;

namespace Recado.Tests.Benchmarks.Bare.Stages;

/// <summary>Writes down how far each message got; a journey whose message is sent has ended.</summary>
public static class Following
{
    public static Task HandleAsync(Stage stage, List<Slip> slips)
    {
        var sent = slips.FindAll(slip => slip.Number == Status.Sent);
        return stage.HandleAsync(Hop.StatusChanged, slips, statements =>
        {
            Timeline.Add(statements,
            [
                .. slips.Select(slip => new TimelineRow(slip.Id, slip.Event, Status.Names[slip.Number], slip.Text.Length > 0 ? slip.Text : null)),
                .. sent.Select(slip => new TimelineRow(slip.Next(50), slip.Event, "completed")),
            ]);
            statements.Add("update automation_matcher.journeys set state = 'completed', updated_at = $2 where journey_id = any($1)", Rows(sent, slip => slip.Event), Now);
        }, []);
    }
}
