using System.Net;
using System.Text.Json;

namespace Recado.Standalone.Demo;

/// <summary>Follows one example along its timeline and prints each line as it appears.</summary>
internal sealed class Follower(int number, DemoExample example, Guid id, HttpClient http)
{
    private readonly HashSet<string> _seen = [];
    private string? _stoppedBy;
    private int _sent;

    public int Number => number;
    public DemoExample Example => example;

    /// <summary>Messages that the customer has read.</summary>
    public int Read { get; private set; }

    /// <summary>True when all that has to happen has happened. A silent one is only proven silent when all others are done.</summary>
    public bool Done => Problem is null;

    /// <summary>What is missing or too much, in words.</summary>
    public string? Problem =>
        _sent > example.Messages ? $"{_sent} messages were sent instead of {example.Messages}"
        : Read < example.Messages ? $"only {Read} of {example.Messages} messages were read"
        : example.StoppedBy != _stoppedBy ? $"it was not stopped by {example.StoppedBy}"
        : null;

    public async Task LookAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{id}");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer events-demo-key");
        using var response = await http.SendAsync(request, cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return; // still on its way
        using var timeline = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(cancellation));
        foreach (var line in timeline.RootElement.GetProperty("timeline").EnumerateArray())
            if (_seen.Add(line.GetRawText()))
                await ShowAsync(line, cancellation);
    }

    private async Task ShowAsync(JsonElement line, CancellationToken cancellation)
    {
        var what = line.GetProperty("what").GetString()!;
        if (what == "sent")
            _sent++;
        if (what == "read")
            Read++;
        if (what is "stopped" or "not_started") // paid before or after the cart was told: silent either way
            _stoppedBy = Text(line, "detail");
        var about = string.Join(" ", new[] { Text(line, "automation"), Text(line, "reason"), Text(line, "detail") }.Where(part => part is not null));
        Console.WriteLine($"{DateTime.Now:HH:mm:ss.fff} #{number,-2} {what,-12} {about}");
        if (what == "sent")
            Console.WriteLine(Quote(await MessageAsync(Text(line, "gatewayMessageId"), cancellation)));
    }

    /// <summary>The text as the gateway got it.</summary>
    private async Task<string> MessageAsync(string? gatewayId, CancellationToken cancellation)
    {
        using var messages = JsonDocument.Parse(await http.GetStreamAsync("/emulator/messages", cancellation));
        return messages.RootElement.EnumerateArray().FirstOrDefault(message => Text(message, "messageId") == gatewayId) is { ValueKind: JsonValueKind.Object } message
            ? Text(message, "text") ?? "" : "";
    }

    private static string Quote(string text) => string.Join('\n', text.Split('\n').Select(line => "                  │ " + line));

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
