using System.Net.Http.Json;
using System.Text.Json;

namespace Recado.Tests.Infrastructure;

/// <summary>One message that the emulated gateway accepted.</summary>
/// <param name="Kind">The action without <c>send-</c>, for example <c>button-actions</c>.</param>
/// <param name="Text">Message or caption, "" where there is neither.</param>
/// <param name="Body">The request as the gateway received it.</param>
/// <param name="Status"><c>ACCEPTED</c>, then what its callbacks told: <c>SENT</c>, <c>RECEIVED</c>, <c>READ</c> or <c>ERROR</c>.</param>
public sealed record GatewayMessage(
    string MessageId, string InstanceId, string Phone, string Kind, string Text, JsonElement Body, string Status, DateTimeOffset AcceptedAt);

/// <summary>The control routes of the gateway emulator.</summary>
public sealed class GatewayMessages(HttpClient emulator)
{
    /// <summary>What was accepted, oldest first.</summary>
    /// <param name="phone">Only for this number, as it was sent; null for all.</param>
    public async Task<IReadOnlyList<GatewayMessage>> AllAsync(string? phone = null)
    {
        var query = phone is null ? "" : $"?phone={Uri.EscapeDataString(phone)}";
        return await emulator.GetFromJsonAsync<List<GatewayMessage>>($"/emulator/messages{query}") ?? [];
    }

    /// <summary>Waits until at least so many messages for one number were accepted.</summary>
    public Task<IReadOnlyList<GatewayMessage>> WaitForAsync(string phone, int count, TimeSpan timeout) =>
        WaitForAsync(phone, messages => messages.Count >= count, timeout, $"{count} message(s) accepted for the number");

    /// <summary>Waits until the messages for one number are as wanted, for example all read.</summary>
    public async Task<IReadOnlyList<GatewayMessage>> WaitForAsync(
        string phone, Func<IReadOnlyList<GatewayMessage>, bool> wanted, TimeSpan timeout, string what)
    {
        IReadOnlyList<GatewayMessage> messages = [];
        await Until.TrueAsync(async () => wanted(messages = await AllAsync(phone)), timeout, what);
        return messages;
    }

    /// <summary>Forgets all accepted messages.</summary>
    public async Task ClearAsync()
    {
        using var response = await emulator.DeleteAsync("/emulator/messages");
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Changes the parts of the behaviour that are given, for example <c>new { echo = true }</c>.</summary>
    public async Task BehaveAsync(object behaviour)
    {
        using var response = await emulator.PutAsJsonAsync("/emulator/behaviour", behaviour);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Back to the configured behaviour.</summary>
    public async Task BehaveAsConfiguredAsync()
    {
        using var response = await emulator.DeleteAsync("/emulator/behaviour");
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A customer writes back.</summary>
    public async Task ReplyAsync(string phone, string text)
    {
        using var response = await emulator.PostAsJsonAsync("/emulator/replies", new { phone, text });
        response.EnsureSuccessStatusCode();
    }
}
