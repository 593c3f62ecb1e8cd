using Recado.Contracts;
using Recado.Normalizer.EzApi.Notifications;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.EzApi.Content;

/// <summary>What stands in a message: the block with its content, of which there is usually one.</summary>
/// <param name="Kind">The name of the first block, <see cref="Call"/>, <see cref="ViewOnce"/> or <see cref="Unknown"/>.</param>
/// <param name="Typed">All of it.</param>
/// <param name="RawWords">What the person wrote or chose, as given; null where the block holds none of their words.</param>
/// <param name="About">The message that the block itself refers to.</param>
internal sealed record InboundContent(string Kind, ChatContent Typed, string? RawWords, string? About)
{
    public const string Call = "call";
    public const string ViewOnce = "viewOnce";
    public const string Unknown = "unknown";

    /// <summary>No block that the document knows.</summary>
    public bool IsEmpty => Kind is Unknown or ViewOnce;

    public string? Words => PlainText.Message(RawWords);

    public static InboundContent Read(Fields body)
    {
        var typed = Envelope.Read(body);
        Block? first = null;
        foreach (var block in Blocks.All)
        {
            if (body.Object(block.Name) is not { Exists: true } fields)
                continue;
            typed = block.Add(typed, fields);
            first ??= block;
        }
        if (first is null)
            return Without(typed, body);
        var content = body.Object(first.Name);
        return new(first.Name, typed, first.Words(content), content.Object("referencedMessage").Word("messageId") ?? content.Word("pollMessageId"));
    }

    /// <summary>The customer called and nobody answered.</summary>
    public static InboundContent OfCall(InboundContent content, MissedCall call) =>
        content with { Kind = Call, Typed = content.Typed with { Call = new(call.Video, call.CallId), Unknown = null } };

    private static InboundContent Without(ChatContent typed, Fields body) =>
        typed.ViewOnce || typed.WaitingMessage
            ? new(ViewOnce, typed, null, null)
            : new(Unknown, typed with { Unknown = [.. body.ObjectNames().Where(Blocks.IsUnknown).Select(NameOf).Distinct().Order(StringComparer.Ordinal).Take(MostUnknown)] }, null, null);

    private const int MostUnknown = 20;

    // Names of blocks are words of the gateway's language; anything else might be somebody's words.
    private static string NameOf(string? name) =>
        name is { Length: <= 64 } && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_') ? name : "other";
}
