using System.Text.Json;
using Recado.Contracts;
using Recado.Ingest.Accepting;

namespace Recado.Ingest.Partner;

/// <summary>The checks of partner-events.txt, in its words.</summary>
internal static class PartnerValidation
{
    // The largest amount whose centavos fit everywhere: R$ 999.999.999.999,99.
    private const decimal MaxValue = 999_999_999_999.99m;

    /// <summary>400 for an <c>Idempotency-Key</c> that cannot be used, or null: ignoring it would send twice.</summary>
    public static IResult? CheckKey(HttpRequest request) => request.Headers["Idempotency-Key"] is [] or [{ Length: > 0 and <= 255 }]
        ? null
        : Answers.Json(StatusCodes.Status400BadRequest, """{"error":"Idempotency-Key deve ser uma só, com 1 a 255 caracteres"}""");

    /// <summary>The documented 400, or null.</summary>
    public static IResult? Check(JsonElement body)
    {
        var details = new Dictionary<string, string>();
        Required(details, body, "event", "Evento é obrigatório", "Evento deve ser um texto");
        Required(details, body, "phone", "Telefone é obrigatório", "Telefone deve ser um texto");
        Required(details, body, "customer", "Nome do cliente é obrigatório", "Nome do cliente deve ser um texto");
        Required(details, body, "store", "Nome da loja é obrigatório", "Nome da loja deve ser um texto");
        Optional(details, body, "url", "URL deve ser um texto");
        Optional(details, body, "code", "Código PIX deve ser um texto");
        CheckValue(details, body.Get("value"));
        if (!details.ContainsKey("phone") && !IsPhone(body.Text("phone")!))
            details["phone"] = "Telefone deve estar no formato 5511999999999";
        if (details.Count > 0)
            return TypedResults.Json(new { error = "Validation failed", details }, statusCode: StatusCodes.Status400BadRequest);
        return EventTypes.All.Contains(body.Text("event"))
            ? null
            : Answers.Json(StatusCodes.Status400BadRequest, """{"error":"Evento desconhecido"}""");
    }

    private static void Required(Dictionary<string, string> details, JsonElement body, string field, string missing, string wrong)
    {
        if (body.Get(field).ValueKind is not (JsonValueKind.String or JsonValueKind.Undefined or JsonValueKind.Null))
            details[field] = wrong;
        else if (body.Text(field) is null)
            details[field] = missing;
    }

    private static void Optional(Dictionary<string, string> details, JsonElement body, string field, string wrong)
    {
        if (body.Get(field).ValueKind is not (JsonValueKind.String or JsonValueKind.Undefined or JsonValueKind.Null))
            details[field] = wrong;
    }

    private static void CheckValue(Dictionary<string, string> details, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            details["value"] = "Valor é obrigatório";
        else if (value.ValueKind != JsonValueKind.Number)
            details["value"] = "Valor deve ser um número";
        else if (!Amounts.IsExact(value) || value.GetDecimal() is < 0 or > MaxValue)
            details["value"] = "Valor deve ser em reais, com no máximo duas casas decimais";
    }

    /// <summary>55, area code and eight or nine digits, nothing else: <c>(11) 99999-9999</c> and <c>+55 11 99999-9999</c> are the document's wrong examples.</summary>
    private static bool IsPhone(string phone) =>
        phone.Length is 12 or 13 && phone.StartsWith("55", StringComparison.Ordinal) && phone.All(char.IsAsciiDigit)
        && AreaCodes.Contains(phone.AsSpan(2, 2)) && (phone.Length == 12 || phone[4] == '9');
}
