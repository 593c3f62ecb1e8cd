using Recado.GatewayEmulator.Callbacks;
using Recado.GatewayEmulator.Sending;

namespace Recado.GatewayEmulator.Instances;

internal sealed record StatusAnswer(bool Connected, string? Error, bool SmartphoneConnected);

/// <param name="Exists">Whether WhatsApp knows the phone: here, whether it could be one.</param>
/// <param name="Lid">WhatsApp's own identity of the person; null for an unknown phone.</param>
internal sealed record PhoneExistsAnswer(bool Exists, string Phone, string? Lid);

internal sealed record PhoneExistsBatchOrder(IReadOnlyList<string>? Phones);

internal sealed record PhoneExistsBatchAnswer(bool Exists, string InputPhone, string OutputPhone, string? Lid);

/// <param name="Value">Absolute http or https URL; null or empty goes back to the settings.</param>
/// <param name="NotifySentByMe">Whether the shop's own messages come back as callbacks.</param>
internal sealed record WebhookOrder(string? Value, bool? NotifySentByMe);

internal sealed record ValueAnswer(bool Value);

/// <summary>The gateway's routes beside sending: status, phones, webhooks.</summary>
internal static class InstanceRoutes
{
    private const int MaxPhones = 50_000;

    public static void MapInstance(this RouteGroupBuilder gateway)
    {
        gateway.MapGet("/status", GatewayRoute.Of((context, instanceId) => Task.FromResult(Status(Find(context, instanceId)))));
        gateway.MapGet("/phone-exists/{phone}", GatewayRoute.Of((context, _) => Task.FromResult(
            Answers.Json(Exists(GatewayRoute.Value(context, "phone")), EmulatorJson.Default.PhoneExistsAnswer))));
        gateway.MapPost("/phone-exists-batch", GatewayRoute.Of((context, _) => ExistBatchAsync(context.Request)));
        gateway.MapPut("/update-every-webhooks", GatewayRoute.Of((context, instanceId) =>
            UpdateAsync(context.Request, Find(context, instanceId), kind: null)));
        gateway.MapPut("/update-notify-sent-by-me", GatewayRoute.Of((context, instanceId) =>
            NotifySentByMeAsync(context.Request, Find(context, instanceId))));
        foreach (var (name, kind) in Webhooks)
        {
            gateway.MapPut($"/update-webhook-{name}", GatewayRoute.Of((context, instanceId) =>
                UpdateAsync(context.Request, Find(context, instanceId), kind)));
        }
    }

    private static (string Name, CallbackKind Kind)[] Webhooks =>
    [
        ("delivery", CallbackKind.Delivery),
        ("received", CallbackKind.Received),
        ("message-status", CallbackKind.MessageStatus),
        ("connected", CallbackKind.Connected),
        ("disconnected", CallbackKind.Disconnected),
    ];

    private static GatewayInstance? Find(HttpContext context, string instanceId) =>
        context.RequestServices.GetRequiredService<GatewayInstances>().Find(instanceId);

    private static IResult Status(GatewayInstance? instance)
    {
        if (instance is null)
            return NotFound();
        var connected = instance.Connected;
        return Answers.Json(new StatusAnswer(connected, connected ? null : "You are not connected.", connected), EmulatorJson.Default.StatusAnswer);
    }

    private static PhoneExistsAnswer Exists(string phone) =>
        WhatsAppPhone.IsValid(phone) ? new(true, phone, WhatsAppPhone.LidOf(phone)) : new(false, phone, null);

    private static async Task<IResult> ExistBatchAsync(HttpRequest request)
    {
        var (order, refusal) = await Answers.ReadAsync(request, EmulatorJson.Default.PhoneExistsBatchOrder);
        if (refusal is not null)
            return refusal;
        if (order!.Phones is not { Count: > 0 and <= MaxPhones } phones || phones.Contains(null!))
            return Answers.Error(StatusCodes.Status400BadRequest, "phones must be a list of 1 to 50000 phones");
        IReadOnlyList<PhoneExistsBatchAnswer> answers =
            [.. phones.Select(Exists).Select(found => new PhoneExistsBatchAnswer(found.Exists, found.Phone, found.Phone, found.Lid))];
        return Answers.Json(answers, EmulatorJson.Default.IReadOnlyListPhoneExistsBatchAnswer);
    }

    private static async Task<IResult> UpdateAsync(HttpRequest request, GatewayInstance? instance, CallbackKind? kind)
    {
        var (order, refusal) = await Answers.ReadAsync(request, EmulatorJson.Default.WebhookOrder);
        if (refusal is not null)
            return refusal;
        if (instance is null)
            return NotFound();
        Uri? url = null;
        if (!string.IsNullOrEmpty(order!.Value) && !CallbackUrl.TryParse(order.Value, out url))
            return Answers.Error(StatusCodes.Status400BadRequest, "value must be an absolute http or https URL");
        instance.SetCallbackUrl(kind, url);
        if (kind is null)
            instance.Echo = order.NotifySentByMe ?? instance.Echo;
        return Answers.Json(new ValueAnswer(true), EmulatorJson.Default.ValueAnswer);
    }

    private static async Task<IResult> NotifySentByMeAsync(HttpRequest request, GatewayInstance? instance)
    {
        var (order, refusal) = await Answers.ReadAsync(request, EmulatorJson.Default.WebhookOrder);
        if (refusal is not null)
            return refusal;
        if (instance is null)
            return NotFound();
        if (order!.NotifySentByMe is not { } echo)
            return Answers.Error(StatusCodes.Status400BadRequest, "notifySentByMe is required");
        instance.Echo = echo;
        return Answers.Json(new ValueAnswer(true), EmulatorJson.Default.ValueAnswer);
    }

    private static IResult NotFound() => Answers.Error(StatusCodes.Status400BadRequest, "instance not found");
}
