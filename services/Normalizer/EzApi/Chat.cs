using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi;

/// <summary>In whose chat a message stands. Only a customer's own is a reply to the shop.</summary>
public enum Chat
{
    /// <summary>A person's own chat, written by that person.</summary>
    Customer,

    /// <summary>A person's own chat, written by the shop: from here or from its phone (<c>fromMe</c>).</summary>
    Echo,

    /// <summary><c>isGroup</c>, <c>…@g.us</c>, <c>…-group</c>.</summary>
    Group,

    /// <summary>A channel: <c>isNewsletter</c>, <c>…@newsletter</c>.</summary>
    Newsletter,

    /// <summary>A broadcast list or the status feed: <c>broadcast</c>, <c>…@broadcast</c>.</summary>
    Broadcast,
}

/// <summary>Tells chats apart.</summary>
internal static class Chats
{
    public static Chat Of(Fields body)
    {
        var chat = body.Text("phone") ?? "";
        if (body.IsTrue("isGroup") || chat.EndsWith("@g.us", StringComparison.Ordinal) || chat.EndsWith("-group", StringComparison.Ordinal))
            return Chat.Group;
        if (body.IsTrue("isNewsletter") || chat.EndsWith("@newsletter", StringComparison.Ordinal))
            return Chat.Newsletter;
        if (body.IsTrue("broadcast") || chat.EndsWith("@broadcast", StringComparison.Ordinal))
            return Chat.Broadcast;
        return body.IsTrue("fromMe") ? Chat.Echo : Chat.Customer;
    }
}
