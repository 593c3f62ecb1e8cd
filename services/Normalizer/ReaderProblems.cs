using Recado.Platform.Hosting;

namespace Recado.Normalizer;

/// <summary>What all questions of a store's readers are refused for.</summary>
internal static class ReaderProblems
{
    public static readonly IResult Unauthorized = Problems.Of(StatusCodes.Status401Unauthorized, "unauthorized", "Show the store's Events API key as a bearer token.");

    /// <summary>400; each wrong parameter or field with what is expected of it.</summary>
    public static IResult Invalid(Dictionary<string, string[]> errors) => Problems.Invalid("invalid_request", "The request is not valid.", errors);
}
