using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>event</c>, <c>eventResponse</c>: appointments in a chat.</summary>
internal static class Events
{
    public static ChatEvent Read(Fields appointment) => new()
    {
        Name = appointment.Line("name"),
        Description = appointment.Message("description"),
        Canceled = appointment.IsTrue("canceled"),
        JoinLink = appointment.Link("joinLink"),
        ScheduleTime = appointment.At("scheduleTime"),
        Location = appointment.Object("location") is { Exists: true } location ? Locations.Read(location) : null,
    };

    public static ChatEventResponse Response(Fields response) => new()
    {
        Response = response.Word("response"),
        ResponseFrom = response.Person("responseFrom"),
        Time = response.At("time"),
        ReferencedMessage = References.Read(response),
    };
}
