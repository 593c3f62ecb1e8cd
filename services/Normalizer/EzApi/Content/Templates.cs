using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>hydratedTemplate</c>, and <c>carouselMessage</c>, whose cards have the same shape.</summary>
internal static class Templates
{
    public static ChatTemplate Read(Fields template) => new()
    {
        TemplateId = template.Word("templateId"),
        Header = template.Object("header") is { Exists: true } header ? Header(header) : null,
        Title = template.Line("title"),
        Message = template.Message("message"),
        Footer = template.Message("footer"),
        Buttons = [.. template.List("hydratedButtons").Select(Button)],
    };

    public static ChatCarousel Carousel(Fields carousel) => new()
    {
        Text = carousel.Message("text"),
        Cards = [.. carousel.List("cards").Select(Read)],
    };

    /// <summary>An empty header is none.</summary>
    private static ChatHeader? Header(Fields header)
    {
        var read = new ChatHeader
        {
            Text = header.Message("text"),
            Image = header.Object("image") is { Exists: true } image ? Media.Image(image) : null,
            Video = header.Object("video") is { Exists: true } video ? Media.Video(video) : null,
            Document = header.Object("document") is { Exists: true } document ? Media.Document(document) : null,
            Location = header.Object("location") is { Exists: true } location ? Locations.Read(location) : null,
        };
        return read == new ChatHeader() ? null : read;
    }

    private static ChatTemplateButton Button(Fields button)
    {
        var index = button.Count("index");
        if (button.Object("quickReplyButton") is { Exists: true } reply)
            return new() { Index = index, Type = "quickReply", Label = reply.Line("displayText"), Id = reply.Word("id") };
        if (button.Object("urlButton") is { Exists: true } link)
            return new() { Index = index, Type = "url", Label = link.Line("displayText"), Url = link.Link("url") };
        if (button.Object("callButton") is { Exists: true } call)
            return new() { Index = index, Type = "call", Label = call.Line("displayText"), Phone = call.Phone("phoneNumber") };
        return new() { Index = index, Type = "unknown" };
    }
}
