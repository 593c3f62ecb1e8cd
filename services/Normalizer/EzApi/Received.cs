using Recado.Contracts;
using Recado.Normalizer.EzApi.Content;
using Recado.Normalizer.EzApi.Notifications;

namespace Recado.Normalizer.EzApi;

/// <summary>What stood in a <c>ReceivedCallback</c> that is no notification, whoever's chat it was in.</summary>
/// <param name="Kind">As in <see cref="CustomerReplied.Kind"/>.</param>
public sealed record Inbound(Chat Chat, string Kind, ChatContent Content);

/// <summary>A <c>ReceivedCallback</c>: a reply, an echo, something in a chat that is not the customer's, or a notification.</summary>
internal static class Received
{
    public static Normalized Normalize(Callback callback)
    {
        var chat = Chats.Of(callback.Body);
        var content = InboundContent.Read(callback.Body);
        if (content.IsEmpty && NotificationReader.Read(callback) is { } notification)
        {
            if (chat != Chat.Customer || notification is not MissedCall { About: { Person: not null, MessageId: not null } } call)
                return Normalized.Nothing($"notification {notification.Name}") with { Notification = notification };
            // The customer got in touch, though not in writing.
            content = InboundContent.OfCall(content, call);
        }
        var inbound = new Inbound(chat, content.Kind, content.Typed);
        return Normalize(callback, chat, content) with { Inbound = inbound };
    }

    private static Normalized Normalize(Callback callback, Chat chat, InboundContent content) => chat switch
    {
        Chat.Customer => Reply.Normalize(callback, content),
        Chat.Echo => Echo.Normalize(callback, content),
        Chat.Group => Normalized.Nothing("group"),
        Chat.Newsletter => Normalized.Nothing("newsletter"),
        _ => Normalized.Nothing("broadcast"),
    };
}
