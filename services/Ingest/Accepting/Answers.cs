namespace Recado.Ingest.Accepting;

/// <summary>Answers that several sources share.</summary>
internal static class Answers
{
    public static IResult Json(int status, string json) => TypedResults.Text(json, "application/json", statusCode: status);

    public static readonly IResult Success = Json(StatusCodes.Status200OK, """{"status":"success"}""");
}
