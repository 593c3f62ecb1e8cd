namespace Recado.Contracts;

/// <summary>The customer pressed a button.</summary>
/// <param name="ButtonId">As the shop named it.</param>
/// <param name="Message">Its label.</param>
public sealed record ChatButtonReply(string? ButtonId, string? Message);

/// <summary>The customer chose a row of a list.</summary>
/// <param name="SelectedRowId">As the shop named it.</param>
/// <param name="Title">Its label.</param>
/// <param name="Message">Its description.</param>
public sealed record ChatListReply(string? SelectedRowId, string? Title, string? Message);

/// <summary>A message with header, footer and buttons.</summary>
public sealed record ChatTemplate
{
    public string? TemplateId { get; init; }
    public ChatHeader? Header { get; init; }
    public string? Title { get; init; }
    public string? Message { get; init; }
    public string? Footer { get; init; }
    public IReadOnlyList<ChatTemplateButton> Buttons { get => field ?? []; init; }
}

/// <summary>What stands above a template or a card: one of these, or nothing.</summary>
public sealed record ChatHeader
{
    public string? Text { get; init; }
    public ChatImage? Image { get; init; }
    public ChatVideo? Video { get; init; }
    public ChatDocument? Document { get; init; }
    public ChatLocation? Location { get; init; }
}

/// <summary>A button of a template.</summary>
public sealed record ChatTemplateButton
{
    /// <summary>Its place, from 0.</summary>
    public int? Index { get; init; }

    /// <summary><c>quickReply</c> with an id (also codes to copy and PIX), <c>url</c>, <c>call</c>, or <c>unknown</c>.</summary>
    public required string Type { get; init; }
    public string? Label { get; init; }
    public string? Id { get; init; }
    public string? Url { get; init; }

    /// <summary>E.164 with the plus sign.</summary>
    public string? Phone { get; init; }
}

/// <summary>A text, perhaps with a picture or video, and buttons that answer.</summary>
public sealed record ChatButtons
{
    public string? Message { get; init; }
    public string? ImageUrl { get; init; }
    public string? VideoUrl { get; init; }
    public IReadOnlyList<ChatReplyButton> Buttons { get => field ?? []; init; }
}

/// <summary>A button that answers.</summary>
/// <param name="ButtonId">As the shop named it.</param>
/// <param name="Type">WhatsApp's number of the type; 1 answers.</param>
/// <param name="Label">What stands on it.</param>
public sealed record ChatReplyButton(string? ButtonId, int? Type, string? Label);

/// <summary>Cards side by side.</summary>
public sealed record ChatCarousel
{
    public string? Text { get; init; }
    public IReadOnlyList<ChatTemplate> Cards { get => field ?? []; init; }
}
