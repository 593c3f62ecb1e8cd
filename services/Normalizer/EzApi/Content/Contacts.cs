using Recado.Contracts;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>contact</c>.</summary>
internal static class Contacts
{
    public static ChatContact Read(Fields contact) => new()
    {
        DisplayName = contact.Line("displayName"),
        VCard = PlainText.WithoutControl(contact.Raw("vCard"), keepLineFeeds: true),
        Phones = [.. contact.Texts("phones").Select(WhatsAppId.Phone).OfType<string>().Distinct()],
    };
}
