using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>pinMessage</c>.</summary>
internal static class Pins
{
    public static ChatPin Read(Fields pin) => new()
    {
        Action = pin.Word("action"),
        DurationSeconds = pin.Count("pinDurationInSecs"),
        ReferencedMessage = References.Read(pin),
    };
}
