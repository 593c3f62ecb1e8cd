using Recado.Normalizer.EzApi.Content;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Notifications;

/// <summary>Reads <c>notification</c>, its <c>notificationParameters</c> and what else belongs to it.</summary>
internal static class NotificationReader
{
    private const int LongestName = 64;

    /// <summary>Null where there is none.</summary>
    public static Notification? Read(Callback callback)
    {
        var body = callback.Body;
        if (body.Text("notification") is not { } given)
            return null;
        var name = IsConstant(given) ? given : "other";
        var about = About(callback);
        return name switch
        {
            "CALL_MISSED_VOICE" => new MissedCall(name, about, Video: false, body.Word("callId")),
            "CALL_MISSED_VIDEO" => new MissedCall(name, about, Video: true, body.Word("callId")),
            "MEMBERSHIP_APPROVAL_REQUEST" => new MembershipRequested(name, about, People(body), body.Word("requestMethod")),
            "REVOKED_MEMBERSHIP_REQUESTS" => new MembershipRequestsRevoked(name, about, People(body)),
            "NEWSLETTER_ADMIN_PROMOTE" => new ChannelAdminChanged(name, about, Promoted: true, People(body)),
            "NEWSLETTER_ADMIN_DEMOTE" => new ChannelAdminChanged(name, about, Promoted: false, People(body)),
            "PROFILE_NAME_UPDATED" => new ProfileNameChanged(name, about, body.Line("profileName")),
            "PROFILE_PICTURE_UPDATED" => new ProfilePictureChanged(name, about, body.Link("updatedPhoto")),
            "CHAT_LABEL_ASSOCIATION" => new ChatLabelsChanged(name, about, Labels(body)),
            _ => new UnknownNotification(name, about, (body.Elements("notificationParameters") ?? []).Count, body.Word("requestMethod"), body.Word("callId")),
        };
    }

    private static NotificationEnvelope About(Callback callback)
    {
        var body = callback.Body;
        return new(body.Word("messageId"), Chats.Of(body), body.Person("phone"), body.Person("participantPhone") ?? body.Person("participantLid"),
            body.Word("referenceMessageId"), body.Word("code"), body.At("expiresAt"), callback.OccurredAt);
    }

    private static List<string> People(Fields body) => [.. body.Texts("notificationParameters").Select(WhatsAppId.Person).OfType<string>()];

    private static List<ChatLabel> Labels(Fields body) =>
        [.. body.List("notificationParameters").Select(label => new ChatLabel(label.Person("phone"), label.Line("label"), label.IsTrue("assigned")))];

    // Names of notifications are constants of WhatsApp; anything else might be somebody's words.
    private static bool IsConstant(string name) =>
        name.Length <= LongestName && name.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_');
}
