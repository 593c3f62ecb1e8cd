using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>location</c>, also in headers and events.</summary>
internal static class Locations
{
    public static ChatLocation Read(Fields location) => new()
    {
        Latitude = location.Number("latitude") is >= -90 and <= 90 and { } latitude ? latitude : null,
        Longitude = location.Number("longitude") is >= -180 and <= 180 and { } longitude ? longitude : null,
        Name = location.Line("name"),
        Address = location.Message("address"),
        Url = location.Link("url"),
        ThumbnailUrl = location.Link("thumbnailUrl"),
    };
}
