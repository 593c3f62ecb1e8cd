namespace Recado.WhatsAppDispatcher.Gateways;

/// <summary>
/// One number of a store at a gateway of the EZ API / Z-API family. The defaults are EZ API's; clones of the dialect
/// differ in path, header and the field that carries the id.
/// </summary>
public sealed record GatewaySettings
{
    /// <summary>The gateway's id of the number; callbacks carry it.</summary>
    public required string Instance { get; init; }

    /// <summary>For example <c>https://api.ezapi.com.br</c>.</summary>
    public required string BaseAddress { get; init; }

    /// <summary>The instance's token; part of the path in this dialect.</summary>
    public required string Token { get; init; }

    /// <summary>The account's token, header <c>Client-Token</c>.</summary>
    public string? ClientToken { get; init; }

    /// <summary><c>{instance}</c>, <c>{token}</c> and <c>{action}</c> are replaced.</summary>
    public string Path { get; init; } = "/instances/{instance}/token/{token}/{action}";

    /// <summary>Further headers, for example <c>Authorization</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The field of the answer that holds the message's id; callbacks speak of the message by it.</summary>
    public string IdField { get; init; } = "messageId";

    /// <summary>Statuses by which this gateway says for certain that it took nothing. Others from 500 on leave it open.</summary>
    public IReadOnlyList<int> NotSentStatuses { get; init; } = [429];
}
