using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>buttonsResponseMessage</c>, <c>listResponseMessage</c>: what the customer chose.</summary>
internal static class Choices
{
    public static ChatButtonReply OfButton(Fields reply) => new(reply.Word("buttonId"), reply.Message("message"));

    public static ChatListReply OfList(Fields reply) => new(reply.Word("selectedRowId"), reply.Message("title"), reply.Message("message"));
}
