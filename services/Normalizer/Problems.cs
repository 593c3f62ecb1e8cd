namespace Recado.Normalizer;

/// <summary>Answers of what went wrong: problem details with a stable <c>code</c>.</summary>
internal static class Problems
{
    public static readonly IResult Unauthorized = Of(StatusCodes.Status401Unauthorized, "unauthorized", "Show the store's Events API key as a bearer token.");

    /// <summary>400; each wrong parameter or field with what is expected of it.</summary>
    public static IResult Invalid(Dictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(errors, title: "The request is not valid.", extensions: [new("code", "invalid_request")]);

    public static IResult Of(int status, string code, string title) =>
        TypedResults.Problem(statusCode: status, title: title, extensions: [new("code", code)]);
}
