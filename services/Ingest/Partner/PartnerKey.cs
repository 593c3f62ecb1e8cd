using System.Globalization;
using System.Text.Json;
using Recado.Contracts;
using Recado.Ingest.Accepting;

namespace Recado.Ingest.Partner;

/// <summary>
/// Partner events carry no id, so the content tells a repeat, for as long as a retry is plausible; beyond it the same
/// content is a new fact. A partner who sends <c>Idempotency-Key</c>, or signs a <c>webhook-id</c>, decides for itself.
/// </summary>
internal static class PartnerKey
{
    // The calendar day of "boleto vence hoje" is Brazil's; the country has had no daylight saving since 2019.
    private static readonly TimeSpan BrasiliaOffset = TimeSpan.FromHours(-3);

    public static IdempotencyKey Of(HttpRequest request, JsonElement body, DateTimeOffset now, string? signedId)
    {
        if (request.Headers["Idempotency-Key"] is [{ Length: > 0 and <= 255 } chosen])
            return new(["key", chosen], TimeSpan.FromDays(30), OtherBody.IsRefused);
        if (signedId is not null)
            return new(["webhook-id", signedId], TimeSpan.FromDays(30), OtherBody.IsRefused);
        var type = body.Text("event")!;
        if (body.Text("external_id") is { } external)
            return new(["external", type, external], TimeSpan.FromDays(30), OtherBody.IsRefused);
        var code = type == EventTypes.PixCreated ? body.Text("code") : null;
        if (code is not null && PixCodes.IsOneCharge(code))
            return new(["pix", code], TimeSpan.FromDays(30), OtherBody.IsRepeat);

        string[] content = [type, body.Text("phone")!, body.Text("store")!, Cents(body), .. Things(body, code)];
        if (body.Text("url") is not { } url)
            return new(["content", .. content], TimeSpan.FromMinutes(10), OtherBody.IsRepeat, Sliding: true);
        return type == EventTypes.BoletoDue
            ? new(["due", .. content, url, now.ToOffset(BrasiliaOffset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)], TimeSpan.FromHours(24), OtherBody.IsRepeat)
            : new(["link", .. content, url], TimeSpan.FromHours(24), OtherBody.IsRepeat);
    }

    // What the event is about, where the partner says so: two orders over the same amount are two facts. Each with its name,
    // and nothing for what is not told: the key of an event that has the document's fields only stays as it is.
    private static IEnumerable<string> Things(JsonElement body, string? code) =>
        from told in ((string Name, string? Id)[])
            [("cart_id", body.Text("cart_id")), ("order_id", body.Text("order_id")), ("payment_id", body.Text("payment_id")), ("code", code)]
        where told.Id is not null
        select $"{told.Name}={told.Id}";

    private static string Cents(JsonElement body) =>
        (body.Get("value").GetDecimal() * 100).ToString("0", CultureInfo.InvariantCulture);
}
