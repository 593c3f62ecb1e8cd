namespace Recado.Normalizer.Quarantine;

/// <summary>The quarantine over HTTP, for the store whose Events API key is shown: list, read, replay one or many.</summary>
internal static class QuarantineEndpoints
{
    /// <summary>All routes under <c>/api/v1/quarantine</c>.</summary>
    public static void MapQuarantine(this IEndpointRouteBuilder routes)
    {
        var quarantine = routes.MapGroup("/api/v1/quarantine").WithTags("Quarantine").ProducesProblem(StatusCodes.Status401Unauthorized);
        quarantine.MapGet("", ListQuarantine.AnswerAsync).WithName("Quarantine")
            .WithSummary("What was not understood, newest first, without payloads.")
            .Produces<QuarantinePage>().ProducesValidationProblem();
        quarantine.MapGet("{webhookId:guid}", ReadQuarantined.AnswerAsync).WithName("QuarantinedWebhook")
            .WithSummary("One webhook as it was received, and why it was not understood.")
            .Produces<QuarantinedWebhook>().ProducesProblem(StatusCodes.Status404NotFound);
        quarantine.MapPost("{webhookId:guid}/replay", ReplayOne.AnswerAsync).WithName("ReplayWebhook")
            .WithSummary("Tries one webhook again. What was understood once is not told twice.")
            .Produces<ReplayedWebhook>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        quarantine.MapPost("replay", ReplayMany.AnswerAsync).WithName("ReplayQuarantine")
            .WithSummary("Tries many webhooks again, oldest first: by filter, or by up to 500 ids.")
            .Accepts<ReplayRequest>("application/json", "*/*")
            .Produces<ReplayCounts>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status413PayloadTooLarge);
    }
}
