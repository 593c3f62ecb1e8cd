using System.Globalization;
using Recado.GatewayEmulator.Sending;

namespace Recado.GatewayEmulator.Behaviours;

/// <summary>Answers a valid send: as the gateway does, or with the fault that was asked for.</summary>
internal sealed class FaultPlayer(
    CurrentBehaviour behaviour, AcceptedSends sends, GatewayIds ids, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int DefaultTimeoutMs = 30_000;
    private const int DefaultSlowMs = 1_000;

    public Task<IResult> AnswerAsync(SendRequest request, HttpContext context)
    {
        if (behaviour.TakeAnswerFault(request) is not { } fault)
            return AcceptAsync(request, Normal);
        return fault.Fault switch
        {
            FaultNames.TooManyRequests => Task.FromResult(TooManyRequests(fault, context)),
            FaultNames.Unauthorized => Task.FromResult(Answers.Error(StatusCodes.Status401Unauthorized, "unauthorized")),
            FaultNames.BadRequest => Task.FromResult(Answers.Error(StatusCodes.Status400BadRequest, "bad request")),
            FaultNames.ServerError => Task.FromResult(ServerError()),
            FaultNames.TimeoutBeforeAccept => CutAsync(context, fault.DelayMs ?? DefaultTimeoutMs),
            _ => AnswerAcceptedAsync(fault, request, context),
        };
    }

    private async Task<IResult> AnswerAcceptedAsync(FaultRule fault, SendRequest request, HttpContext context)
    {
        var accepted = await AcceptAsync(request, messageId => fault.Fault switch
        {
            FaultNames.ServerErrorAfterAccept => ServerError(),
            FaultNames.InvalidJson => TypedResults.Text("<html><body>Bad Gateway</body></html>", "text/html"),
            FaultNames.NoId => TypedResults.Text("{}", "application/json"),
            _ => Normal(messageId),
        });
        switch (fault.Fault)
        {
            case FaultNames.LostResponse:
                return await CutAsync(context, 0);
            case FaultNames.TimeoutAfterAccept:
                return await CutAsync(context, fault.DelayMs ?? DefaultTimeoutMs);
            case FaultNames.Slow:
                await HoldAsync(context, fault.DelayMs ?? DefaultSlowMs);
                return accepted;
            default:
                return accepted;
        }
    }

    private async Task<IResult> AcceptAsync(SendRequest request, Func<string, IResult> answer)
    {
        var (messageId, refusal) = await sends.AcceptAsync(request);
        return refusal ?? answer(messageId!);
    }

    private IResult Normal(string messageId) =>
        Answers.Json(new SendAnswer(ids.NextZaapId(), messageId, messageId), EmulatorJson.Default.SendAnswer);

    private static IResult ServerError() => Answers.Error(StatusCodes.Status500InternalServerError, "internal server error");

    private static IResult TooManyRequests(FaultRule fault, HttpContext context)
    {
        context.Response.Headers.RetryAfter = (fault.RetryAfterSeconds ?? 1).ToString(CultureInfo.InvariantCulture);
        return Answers.Error(StatusCodes.Status429TooManyRequests, "too many requests");
    }

    private async Task<IResult> CutAsync(HttpContext context, int delayMs)
    {
        await HoldAsync(context, delayMs);
        context.Abort();
        return Results.Empty;
    }

    private async Task HoldAsync(HttpContext context, int delayMs)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delayMs), time, giveUp.Token);
        }
        catch (OperationCanceledException)
        {
            // The sender gave up first, or the emulator stops.
        }
    }
}
