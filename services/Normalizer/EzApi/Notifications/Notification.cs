namespace Recado.Normalizer.EzApi.Notifications;

/// <summary>
/// Something that WhatsApp says of itself, where a message has no block (ezapi-webhooks.txt, "Notificações sistêmicas").
/// It is counted by its name and causes nothing, but for a missed call in a customer's own chat, which is a reply.
/// </summary>
/// <param name="Name">WhatsApp's constant; <c>other</c> for what does not look like one.</param>
/// <param name="About">The rest of the envelope.</param>
public abstract record Notification(string Name, NotificationEnvelope About);

/// <summary>What every notification may carry.</summary>
/// <param name="MessageId">The gateway's id.</param>
/// <param name="Chat">In whose chat it stands.</param>
/// <param name="Person">E.164 with the plus sign, or <c>…@lid</c>; null for groups and channels.</param>
/// <param name="Participant">In a group: who of its members, likewise.</param>
/// <param name="ReferenceMessageId">The message that it is about.</param>
/// <param name="Code">For example of an invitation.</param>
/// <param name="ExpiresAt">Until when the code is good, UTC.</param>
/// <param name="OccurredAt">UTC.</param>
public sealed record NotificationEnvelope(string? MessageId, Chat Chat, string? Person, string? Participant, string? ReferenceMessageId, string? Code,
    DateTimeOffset? ExpiresAt, DateTimeOffset OccurredAt);

/// <summary><c>CALL_MISSED_VOICE</c>, <c>CALL_MISSED_VIDEO</c>.</summary>
public sealed record MissedCall(string Name, NotificationEnvelope About, bool Video, string? CallId) : Notification(Name, About);

/// <summary><c>MEMBERSHIP_APPROVAL_REQUEST</c>: somebody wants to enter a group.</summary>
/// <param name="People">Who, then by whom they were added, where a member did that.</param>
/// <param name="Method"><c>invite_link</c> or <c>non_admin_add</c>, as given.</param>
public sealed record MembershipRequested(string Name, NotificationEnvelope About, IReadOnlyList<string> People, string? Method) : Notification(Name, About);

/// <summary><c>REVOKED_MEMBERSHIP_REQUESTS</c>: they no longer want to.</summary>
public sealed record MembershipRequestsRevoked(string Name, NotificationEnvelope About, IReadOnlyList<string> People) : Notification(Name, About);

/// <summary><c>NEWSLETTER_ADMIN_PROMOTE</c>, <c>NEWSLETTER_ADMIN_DEMOTE</c>.</summary>
public sealed record ChannelAdminChanged(string Name, NotificationEnvelope About, bool Promoted, IReadOnlyList<string> People) : Notification(Name, About);

/// <summary><c>PROFILE_NAME_UPDATED</c> of the shop's own WhatsApp.</summary>
public sealed record ProfileNameChanged(string Name, NotificationEnvelope About, string? ProfileName) : Notification(Name, About);

/// <summary><c>PROFILE_PICTURE_UPDATED</c> of the shop's own WhatsApp.</summary>
public sealed record ProfilePictureChanged(string Name, NotificationEnvelope About, string? UpdatedPhoto) : Notification(Name, About);

/// <summary><c>CHAT_LABEL_ASSOCIATION</c>.</summary>
public sealed record ChatLabelsChanged(string Name, NotificationEnvelope About, IReadOnlyList<ChatLabel> Labels) : Notification(Name, About);

/// <summary>A label was put on a chat, or taken off.</summary>
/// <param name="Person">E.164 with the plus sign, or <c>…@lid</c>.</param>
/// <param name="Label">As the shop named it.</param>
/// <param name="Assigned">False where it was taken off.</param>
public sealed record ChatLabel(string? Person, string? Label, bool Assigned);

/// <summary>A notification that the document does not know.</summary>
/// <param name="Parameters">How many it has.</param>
/// <param name="Method"><c>requestMethod</c>.</param>
/// <param name="CallId">WhatsApp's id of a call.</param>
public sealed record UnknownNotification(string Name, NotificationEnvelope About, int Parameters, string? Method, string? CallId) : Notification(Name, About);
