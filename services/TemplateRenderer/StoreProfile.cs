namespace Recado.TemplateRenderer;

/// <summary>What a message may say about the store itself, and where it may link.</summary>
public sealed record StoreProfile
{
    public required string Id { get; init; }

    /// <summary>Said where the event does not name the shop.</summary>
    public required string Name { get; init; }

    /// <summary>IANA name, for example <c>America/Sao_Paulo</c>: dates are told in it.</summary>
    public required string TimeZone { get; init; }

    public LinkHosts LinkHosts { get; init; } = LinkHosts.Any;
}
