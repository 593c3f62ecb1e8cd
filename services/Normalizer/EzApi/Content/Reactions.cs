using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>reaction</c>.</summary>
internal static class Reactions
{
    public static ChatReaction Read(Fields reaction) => new()
    {
        Value = reaction.Message("value"),
        ReactionBy = reaction.Person("reactionBy"),
        ReferencedMessage = References.Read(reaction),
        Time = reaction.At("time"),
    };
}
