using System.Text.Json.Serialization;

namespace Recado.Contracts;

/// <summary>
/// What a person sent, with every field that ezapi-webhooks.txt shows. Each member is named like the gateway's block, and
/// <see cref="CustomerReplied.Kind"/> names the one that is set; a reply to a status may have its text beside it.
/// Texts are without control characters, links http or https as given, times UTC, people E.164 with the plus sign or
/// <c>…@lid</c>. What is wrong in a block is absent: content is never a reason to refuse a message. Normalizer -> AutomationMatcher.
/// </summary>
public sealed record ChatContent
{
    public ChatText? Text { get; init; }
    public ChatImage? Image { get; init; }
    public ChatAudio? Audio { get; init; }

    /// <summary>A video, a GIF or a round video note: the gateway does not tell them apart.</summary>
    public ChatVideo? Video { get; init; }
    public ChatDocument? Document { get; init; }
    public ChatSticker? Sticker { get; init; }

    /// <summary>The shop's status image that the customer answered.</summary>
    public ChatImage? StatusImage { get; init; }
    public ChatContact? Contact { get; init; }
    public ChatLocation? Location { get; init; }
    public ChatButtonReply? ButtonsResponseMessage { get; init; }
    public ChatListReply? ListResponseMessage { get; init; }
    public ChatTemplate? HydratedTemplate { get; init; }
    public ChatButtons? ButtonsMessage { get; init; }
    public ChatCarousel? CarouselMessage { get; init; }
    public ChatReaction? Reaction { get; init; }
    public ChatPoll? Poll { get; init; }
    public ChatPollVote? PollVote { get; init; }
    public ChatProduct? Product { get; init; }
    public ChatOrder? Order { get; init; }
    public ChatPaymentRequest? RequestPayment { get; init; }
    public ChatPayment? SendPayment { get; init; }
    public ChatOrderReview? ReviewOrder { get; init; }
    public ChatOrderReview? ReviewAndPay { get; init; }
    public ChatChannelInvite? NewsletterAdminInvite { get; init; }
    public ChatPin? PinMessage { get; init; }
    public ChatEvent? Event { get; init; }
    public ChatEventResponse? EventResponse { get; init; }

    /// <summary>A call that nobody took (<c>CALL_MISSED_VOICE</c>, <c>CALL_MISSED_VIDEO</c>).</summary>
    public ChatCall? Call { get; init; }

    /// <summary>For <c>unknown</c>: the names of the blocks that the document does not know, in alphabetical order; <c>other</c> for what is no name.</summary>
    public IReadOnlyList<string>? Unknown { get; init; }

    /// <summary>Who wrote; null where the envelope does not say.</summary>
    public ChatSender? Sender { get; init; }

    /// <summary>The advertisement by which the customer came (<c>externalAdReply</c>).</summary>
    public ChatAd? Ad { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Forwarded { get; init; }

    /// <summary>To be seen once. Alone, without a block, it says that WhatsApp keeps the content on the phone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ViewOnce { get; init; }

    /// <summary>The content has not reached the gateway, or is wrapped to be seen once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WaitingMessage { get; init; }
}

/// <summary>Who wrote, as WhatsApp shows them, and to which of the shop's phones.</summary>
public sealed record ChatSender
{
    public string? Name { get; init; }
    public string? Photo { get; init; }
    public string? Lid { get; init; }

    /// <summary>In a group: who of its members, E.164 with the plus sign or <c>…@lid</c>.</summary>
    public string? Participant { get; init; }
    public string? ChatName { get; init; }
    public string? ChatPhoto { get; init; }

    /// <summary>The shop's phone, E.164 with the plus sign.</summary>
    public string? ConnectedPhone { get; init; }
}

/// <summary>A text, with the card of its link.</summary>
public sealed record ChatText
{
    public string? Message { get; init; }
    public string? Title { get; init; }

    /// <summary><c>description</c>, or its misspelt twin <c>descritpion</c>.</summary>
    public string? Description { get; init; }
    public string? Url { get; init; }
    public string? ThumbnailUrl { get; init; }
}

/// <summary>A click-to-WhatsApp advertisement.</summary>
public sealed record ChatAd
{
    public string? Title { get; init; }
    public string? Body { get; init; }

    /// <summary>For example <c>ad</c>.</summary>
    public string? SourceType { get; init; }

    /// <summary>The advertisement's or campaign's id.</summary>
    public string? SourceId { get; init; }

    /// <summary>The click's id, by which a sale is reported back.</summary>
    public string? CtwaClid { get; init; }
    public string? SourceUrl { get; init; }
    public int? MediaType { get; init; }
    public string? ThumbnailUrl { get; init; }
    public bool ContainsAutoReply { get; init; }
    public bool RenderLargerThumbnail { get; init; }
    public bool ShowAdAttribution { get; init; }
}

/// <summary>People's cards.</summary>
public sealed record ChatContact
{
    public string? DisplayName { get; init; }

    /// <summary>The vCard with its line feeds.</summary>
    public string? VCard { get; init; }

    /// <summary>E.164 with the plus sign; what is no phone is left out.</summary>
    public IReadOnlyList<string> Phones { get => field ?? []; init; }
}

/// <summary>A place.</summary>
public sealed record ChatLocation
{
    /// <summary>Degrees, WGS 84.</summary>
    public decimal? Latitude { get; init; }

    /// <summary>Degrees, WGS 84.</summary>
    public decimal? Longitude { get; init; }
    public string? Name { get; init; }
    public string? Address { get; init; }
    public string? Url { get; init; }
    public string? ThumbnailUrl { get; init; }
}
