using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>text</c>: plain, with a link's card, or from an advertisement.</summary>
internal static class Texts
{
    public static ChatText Read(Fields text) => new()
    {
        Message = text.Message("message"),
        Title = text.Line("title"),
        // The gateway sends the description twice, once misspelt.
        Description = text.Message("description") ?? text.Message("descritpion"),
        Url = text.Link("url"),
        ThumbnailUrl = text.Link("thumbnailUrl"),
    };
}
