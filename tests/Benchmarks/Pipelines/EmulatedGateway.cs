using System.Text.Json;

namespace Recado.Tests.Benchmarks.Pipelines;

/// <summary>The gateway's own ledger: what it accepted, and when.</summary>
public sealed class EmulatedGateway(HttpClient http)
{
    /// <summary>Callbacks taken with a 2xx since the emulator started.</summary>
    public Task<long> CallbacksAsync() => CountAsync("callbacks");

    /// <summary>Messages accepted since the emulator started.</summary>
    public Task<long> MessagesAsync() => CountAsync("accepted");

    private async Task<long> CountAsync(string name)
    {
        using var counts = JsonDocument.Parse(await http.GetByteArrayAsync("/emulator/counts"));
        return counts.RootElement.GetProperty(name).GetInt64();
    }

    /// <summary>When the first message to each phone was accepted, since the ledger was last cleared.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> AcceptedAsync(string? phone = null)
    {
        var accepted = new Dictionary<string, DateTimeOffset>();
        using var messages = JsonDocument.Parse(await http.GetByteArrayAsync(phone is null ? "/emulator/messages" : $"/emulator/messages?phone={phone}"));
        foreach (var message in messages.RootElement.EnumerateArray())
            accepted.TryAdd(message.GetProperty("phone").GetString()!, message.GetProperty("acceptedAt").GetDateTimeOffset());
        return accepted;
    }

    /// <summary>What was sent to whom since the ledger was last cleared, repetitions included.</summary>
    public async Task<IReadOnlyList<(string Phone, string Text)>> TextsAsync()
    {
        using var messages = JsonDocument.Parse(await http.GetByteArrayAsync("/emulator/messages"));
        return [.. messages.RootElement.EnumerateArray().Select(message => (message.GetProperty("phone").GetString()!, message.GetProperty("text").GetString()!))];
    }

    public async Task ClearAsync()
    {
        using var response = await http.DeleteAsync("/emulator/messages");
        response.EnsureSuccessStatusCode();
    }
}
