using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>referencedMessage</c> of reactions, pins and answers to events.</summary>
internal static class References
{
    public static ChatReference? Read(Fields block) => block.Object("referencedMessage") is not { Exists: true } message ? null : new()
    {
        MessageId = message.Word("messageId"),
        FromMe = message.IsTrue("fromMe"),
        Phone = message.Person("phone"),
        Participant = message.Person("participant"),
    };
}
