using Recado.GatewayEmulator.Callbacks;

namespace Recado.GatewayEmulator.Messages;

/// <summary>For load tests, since the start.</summary>
/// <param name="Accepted">Messages.</param>
/// <param name="Callbacks">Callbacks that a receiver took with a 2xx.</param>
/// <param name="CallbackFailures">Attempts to post that failed; each is repeated for two minutes.</param>
internal sealed record CountsAnswer(long Accepted, long Callbacks, long CallbackFailures);

/// <summary>What tests and benchmarks look at: <c>/emulator/messages</c> and <c>/emulator/counts</c>.</summary>
internal static class MessageRoutes
{
    public static void MapMessages(this RouteGroupBuilder emulator)
    {
        emulator.MapGet("/messages", ListAsync);
        emulator.MapDelete("/messages", (KeptMessages messages) =>
        {
            messages.Clear();
            return TypedResults.NoContent();
        });
        emulator.MapGet("/counts", (Counts counts) => Answers.Json(
            new CountsAnswer(counts.Accepted, counts.Callbacks, counts.CallbackFailures), EmulatorJson.Default.CountsAnswer));
    }

    /// <summary>All kept, or those to one phone; <c>since</c> (an index) and <c>limit</c> (a number) cut the list.</summary>
    private static Task ListAsync(HttpContext context, KeptMessages messages, string? phone, string? since, string? limit)
    {
        if (!IsCount(since, 0, out var first) || !IsCount(limit, int.MaxValue, out var most))
        {
            return Answers.Error(StatusCodes.Status400BadRequest, "since and limit must be whole numbers from 0 on")
                .ExecuteAsync(context);
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        var found = phone is null ? messages.From(first) : messages.To(phone).Skip(first);
        return MessageJson.WriteAsync(context.Response.BodyWriter, found.Take(most), context.RequestAborted);
    }

    private static bool IsCount(string? text, int absent, out int count)
    {
        count = absent;
        return text is null || (int.TryParse(text, out count) && count >= 0);
    }
}
