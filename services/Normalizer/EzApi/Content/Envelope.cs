using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary>What the envelope says about the content that follows.</summary>
internal static class Envelope
{
    public static ChatContent Read(Fields body) => new()
    {
        Forwarded = body.IsTrue("forwarded"),
        ViewOnce = body.IsTrue("viewOnce"),
        WaitingMessage = body.IsTrue("waitingMessage"),
        Sender = Sender(body),
        Ad = body.Object("externalAdReply") is { Exists: true } ad ? Ad(ad) : null,
    };

    private static ChatSender? Sender(Fields body)
    {
        var sender = new ChatSender
        {
            Name = body.Line("senderName"),
            Photo = body.Link("senderPhoto"),
            Lid = WhatsAppId.Lid(body.Text("senderLid")),
            Participant = body.Person("participantPhone") ?? body.Person("participantLid"),
            ChatName = body.Line("chatName"),
            ChatPhoto = body.Link("photo"),
            ConnectedPhone = WhatsAppId.Phone(body.Text("connectedPhone")),
        };
        return sender == new ChatSender() ? null : sender;
    }

    private static ChatAd Ad(Fields ad) => new()
    {
        Title = ad.Line("title"),
        Body = ad.Message("body"),
        SourceType = ad.Word("sourceType"),
        SourceId = ad.Word("sourceId"),
        CtwaClid = ad.Word("ctwaClid"),
        SourceUrl = ad.Link("sourceUrl"),
        MediaType = ad.Count("mediaType"),
        ThumbnailUrl = ad.Link("thumbnailUrl"),
        ContainsAutoReply = ad.IsTrue("containsAutoReply"),
        RenderLargerThumbnail = ad.IsTrue("renderLargerThumbnail"),
        ShowAdAttribution = ad.IsTrue("showAdAttribution"),
    };
}
