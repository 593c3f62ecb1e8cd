using System.Globalization;
using Recado.Normalizer.Phones;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.EzApi.Content;

/// <summary>The fields of a block. Content is never a reason to refuse a message: what is wrong is absent, without a finding.</summary>
internal static class BlockFields
{
    private const int LongestWord = 512;

    /// <summary>What somebody wrote, of any length and with its lines.</summary>
    public static string? Message(this Fields block, string name) => PlainText.Message(block.Raw(name));

    /// <summary>A name, a title, a label: one line.</summary>
    public static string? Line(this Fields block, string name) => PlainText.Line(block.Raw(name), PlainText.TitleLength);

    /// <summary>An id or a code: text or an integer.</summary>
    public static string? Word(this Fields block, string name) =>
        (block.Text(name) ?? block.Integer(name)?.ToString(CultureInfo.InvariantCulture)) is { Length: <= LongestWord } word ? word : null;

    /// <summary>An http or https link as given.</summary>
    public static string? Link(this Fields block, string name) => WebLink.Clean(block.Raw(name));

    /// <summary>A person: E.164, or a LID.</summary>
    public static string? Person(this Fields block, string name) => WhatsAppId.Person(block.Text(name));

    /// <summary>A phone in E.164. On a button somebody typed it, perhaps without the country.</summary>
    public static string? Phone(this Fields block, string name) =>
        WhatsAppId.Phone(block.Text(name)) ?? PhoneNumber.Clean(block.Text(name));

    /// <summary>The texts of an array; what is no text is left out.</summary>
    public static IEnumerable<string> Texts(this Fields block, string name) =>
        (block.Elements(name) ?? []).Select(element => Strings.TryRead(element, out var text) ? text : null).OfType<string>();

    /// <summary>How many, how long, how wide: not negative.</summary>
    public static int? Count(this Fields block, string name) => block.Integer(name) is >= 0 and <= int.MaxValue and { } count ? (int)count : null;

    /// <summary>A time, ahead or past.</summary>
    public static DateTimeOffset? At(this Fields block, string name) => Moment.Of(block.Integer(name));
}
