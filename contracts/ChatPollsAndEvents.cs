namespace Recado.Contracts;

/// <summary>A reaction to a message.</summary>
public sealed record ChatReaction
{
    /// <summary>The emoji; null where the reaction was taken back.</summary>
    public string? Value { get; init; }
    public string? ReactionBy { get; init; }
    public ChatReference? ReferencedMessage { get; init; }
    public DateTimeOffset? Time { get; init; }
}

/// <summary>A question with options.</summary>
public sealed record ChatPoll
{
    public string? Question { get; init; }

    /// <summary>How many one person may choose; 0 for any number.</summary>
    public int? MaxOptions { get; init; }
    public IReadOnlyList<string> Options { get => field ?? []; init; }
}

/// <summary>What somebody chose in a poll.</summary>
public sealed record ChatPollVote
{
    /// <summary>The gateway's id of the poll.</summary>
    public string? PollMessageId { get; init; }

    /// <summary>All that this person has chosen; empty after the vote was taken back.</summary>
    public IReadOnlyList<string> Options { get => field ?? []; init; }
}

/// <summary>An invitation to run a channel.</summary>
public sealed record ChatChannelInvite
{
    /// <summary><c>…@newsletter</c></summary>
    public string? NewsletterId { get; init; }
    public string? NewsletterName { get; init; }
    public string? Text { get; init; }
    public DateTimeOffset? InviteExpiration { get; init; }
}

/// <summary>A message was pinned or unpinned.</summary>
public sealed record ChatPin
{
    /// <summary><c>pin</c> or <c>unpin</c>, as given.</summary>
    public string? Action { get; init; }

    /// <summary>Seconds.</summary>
    public long? DurationSeconds { get; init; }
    public ChatReference? ReferencedMessage { get; init; }
}

/// <summary>An appointment.</summary>
public sealed record ChatEvent
{
    public string? Name { get; init; }
    public string? Description { get; init; }
    public bool Canceled { get; init; }
    public string? JoinLink { get; init; }
    public DateTimeOffset? ScheduleTime { get; init; }
    public ChatLocation? Location { get; init; }
}

/// <summary>Whether somebody will come.</summary>
public sealed record ChatEventResponse
{
    /// <summary>For example <c>GOING</c>.</summary>
    public string? Response { get; init; }
    public string? ResponseFrom { get; init; }
    public DateTimeOffset? Time { get; init; }
    public ChatReference? ReferencedMessage { get; init; }
}

/// <summary>A missed call.</summary>
/// <param name="Video">Else by voice.</param>
/// <param name="CallId">WhatsApp's id of the call.</param>
public sealed record ChatCall(bool Video, string? CallId);

/// <summary>Another message that content is about.</summary>
public sealed record ChatReference
{
    public string? MessageId { get; init; }

    /// <summary>True where the shop had written it.</summary>
    public bool FromMe { get; init; }

    /// <summary>The chat.</summary>
    public string? Phone { get; init; }

    /// <summary>Its author, in a group.</summary>
    public string? Participant { get; init; }
}
