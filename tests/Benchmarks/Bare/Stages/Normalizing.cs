using System.Text.Json;

namespace Recado.Tests.Benchmarks.Bare.Stages;

/// <summary>Reads from a body what the next stages cannot do without: whom an event is about, or which message a callback speaks of.</summary>
public static class Normalizing
{
    private static readonly string[] Statuses = ["", "SENT", "RECEIVED", "READ"];

    public static Task HandleAsync(Stage stage, List<Slip> slips) =>
        stage.HandleAsync(Hop.WebhookReceived, slips, _ => { }, slips.ConvertAll(slip => slip.Number == Intake.Callback
            ? OutboxRow.Of(Hop.GatewayReceipt, ReceiptOf(slip))
            : OutboxRow.Of(Hop.CommerceEvent, slip with { Id = slip.Next(1), Text = Find(slip.Rest.Span, "phone").TrimStart('+'), Rest = default })));

    private static Slip ReceiptOf(Slip slip)
    {
        var body = slip.Rest.Span;
        var message = Find(body, "messageId") is { Length: > 0 } id ? id : Find(body, "ids");
        var status = Find(body, "status") is { Length: > 0 } told ? told : "SENT";
        return new(slip.Next(2), slip.Event, (byte)Array.IndexOf(Statuses, status), message);
    }

    /// <summary>The first text that follows a property of this name, at whatever depth.</summary>
    private static string Find(ReadOnlySpan<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(name))
                continue;
            while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
            }
            return reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        }
        return "";
    }
}
