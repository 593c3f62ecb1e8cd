using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary>One kind of content.</summary>
/// <param name="Name">Of the block, and of its member in <see cref="ChatContent"/>.</param>
/// <param name="Words">What the person wrote or chose; not the shop's own words, as in the status that they answered.</param>
/// <param name="Add">The content with this block in it.</param>
internal sealed record Block(string Name, Func<Fields, string?> Words, Func<ChatContent, Fields, ChatContent> Add);

/// <summary>Every block of the document, in its order.</summary>
internal static class Blocks
{
    public static readonly IReadOnlyList<Block> All =
    [
        new("text", In("message"), (content, block) => content with { Text = Texts.Read(block) }),
        new("image", In("caption"), (content, block) => content with { Image = Media.Image(block) }),
        new("audio", None, (content, block) => content with { Audio = Media.Audio(block) }),
        new("video", In("caption"), (content, block) => content with { Video = Media.Video(block) }),
        new("document", In("caption"), (content, block) => content with { Document = Media.Document(block) }),
        new("sticker", None, (content, block) => content with { Sticker = Media.Sticker(block) }),
        new("statusImage", None, (content, block) => content with { StatusImage = Media.Image(block) }),
        new("contact", None, (content, block) => content with { Contact = Contacts.Read(block) }),
        new("location", None, (content, block) => content with { Location = Locations.Read(block) }),
        new("buttonsResponseMessage", In("message"), (content, block) => content with { ButtonsResponseMessage = Choices.OfButton(block) }),
        new("listResponseMessage", In("title", "message"), (content, block) => content with { ListResponseMessage = Choices.OfList(block) }),
        new("hydratedTemplate", In("message"), (content, block) => content with { HydratedTemplate = Templates.Read(block) }),
        new("buttonsMessage", In("message"), (content, block) => content with { ButtonsMessage = Buttons.Read(block) }),
        new("carouselMessage", In("text"), (content, block) => content with { CarouselMessage = Templates.Carousel(block) }),
        new("reaction", In("value"), (content, block) => content with { Reaction = Reactions.Read(block) }),
        new("poll", In("question"), (content, block) => content with { Poll = Polls.Read(block) }),
        new("pollVote", Polls.Chosen, (content, block) => content with { PollVote = Polls.Vote(block) }),
        new("product", None, (content, block) => content with { Product = Catalogue.Product(block) }),
        new("order", In("message"), (content, block) => content with { Order = Catalogue.Order(block) }),
        new("requestPayment", None, (content, block) => content with { RequestPayment = Payments.Request(block) }),
        new("sendPayment", None, (content, block) => content with { SendPayment = Payments.Info(block.Object("paymentInfo")) ?? new() }),
        new("reviewOrder", None, (content, block) => content with { ReviewOrder = Catalogue.Review(block) }),
        new("reviewAndPay", None, (content, block) => content with { ReviewAndPay = Catalogue.Review(block) }),
        new("newsletterAdminInvite", In("text"), (content, block) => content with { NewsletterAdminInvite = Newsletters.Invite(block) }),
        new("pinMessage", None, (content, block) => content with { PinMessage = Pins.Read(block) }),
        new("event", In("name"), (content, block) => content with { Event = Events.Read(block) }),
        new("eventResponse", In("response"), (content, block) => content with { EventResponse = Events.Response(block) }),
    ];

    private static readonly HashSet<string> Known = [.. All.Select(block => block.Name), "externalAdReply"];

    /// <summary>Whether no part of the document bears this name.</summary>
    public static bool IsUnknown(string? name) => name is null || !Known.Contains(name);

    private static Func<Fields, string?> In(string field, string? orElse = null) =>
        block => block.Raw(field) ?? (orElse is null ? null : block.Raw(orElse));

    private static string? None(Fields block) => null;
}
