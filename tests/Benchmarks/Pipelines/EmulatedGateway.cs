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

    public async Task ClearAsync()
    {
        using var response = await http.DeleteAsync("/emulator/messages");
        response.EnsureSuccessStatusCode();
    }
}
