using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>buttonsMessage</c>.</summary>
internal static class Buttons
{
    public static ChatButtons Read(Fields message) => new()
    {
        Message = message.Message("message"),
        ImageUrl = message.Link("imageUrl"),
        VideoUrl = message.Link("videoUrl"),
        Buttons =
        [
            .. message.List("buttons").Select(button =>
                new ChatReplyButton(button.Word("buttonId"), button.Count("type"), button.Object("buttonText").Line("displayText"))),
        ],
    };
}
