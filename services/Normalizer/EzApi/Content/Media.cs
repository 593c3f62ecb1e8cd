using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>image</c>, <c>audio</c>, <c>video</c>, <c>document</c>, <c>sticker</c>, also in headers; <c>statusImage</c>.</summary>
internal static class Media
{
    public static ChatImage Image(Fields image) => new()
    {
        Url = image.Link("imageUrl"),
        ThumbnailUrl = image.Link("thumbnailUrl"),
        Caption = image.Message("caption"),
        MimeType = image.Word("mimeType") ?? image.Word("mimetype"), // the latter in statusImage
        ViewOnce = image.IsTrue("viewOnce"),
        Width = image.Count("width"),
        Height = image.Count("height"),
    };

    public static ChatAudio Audio(Fields audio) => new()
    {
        Url = audio.Link("audioUrl"),
        MimeType = audio.Word("mimeType"),
        Ptt = audio.IsTrue("ptt"),
        Seconds = audio.Count("seconds"),
        ViewOnce = audio.IsTrue("viewOnce"),
    };

    public static ChatVideo Video(Fields video) => new()
    {
        Url = video.Link("videoUrl"),
        ThumbnailUrl = video.Link("thumbnailUrl"),
        Caption = video.Message("caption"),
        MimeType = video.Word("mimeType"),
        Seconds = video.Count("seconds"),
        ViewOnce = video.IsTrue("viewOnce"),
        Width = video.Count("width"),
        Height = video.Count("height"),
    };

    public static ChatDocument Document(Fields document) => new()
    {
        Url = document.Link("documentUrl"),
        ThumbnailUrl = document.Link("thumbnailUrl"),
        FileName = document.Line("fileName"),
        Title = document.Line("title"),
        Caption = document.Message("caption"),
        MimeType = document.Word("mimeType"),
        PageCount = document.Count("pageCount"),
        FileLength = document.Integer("fileLength") is >= 0 and { } bytes ? bytes : null,
    };

    public static ChatSticker Sticker(Fields sticker) => new(sticker.Link("stickerUrl"), sticker.Word("mimeType"));
}
