using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.EzApi;

/// <summary>The content block of a message, of which there is one.</summary>
/// <param name="Kind">The block's name, or <see cref="Unknown"/>.</param>
/// <param name="Text">What the person wrote or chose; null where the block holds none of their words.</param>
/// <param name="About">The message that the block itself refers to.</param>
internal sealed record Content(string Kind, string? Text, string? About)
{
    public const string Unknown = "unknown";

    // In the order of the document. The second name is the field with the person's words, "" where there is none.
    private static readonly (string Block, string Words)[] Blocks =
    [
        ("text", "message"), ("image", "caption"), ("audio", ""), ("video", "caption"), ("document", "caption"), ("sticker", ""),
        ("statusImage", "caption"), ("contact", ""), ("location", ""),
        ("buttonsResponseMessage", "message"), ("listResponseMessage", "title"),
        ("hydratedTemplate", "message"), ("buttonsMessage", "message"), ("carouselMessage", "text"),
        ("reaction", "value"), ("poll", "question"), ("pollVote", ""),
        ("product", ""), ("order", "message"), ("requestPayment", ""), ("sendPayment", ""), ("reviewOrder", ""), ("reviewAndPay", ""),
        ("newsletterAdminInvite", "text"), ("pinMessage", ""), ("event", "name"), ("eventResponse", "response"),
    ];

    public static Content Of(Fields body)
    {
        foreach (var (name, words) in Blocks)
        {
            var block = body.Object(name);
            if (!block.Exists)
                continue;
            var about = block.Object("referencedMessage").Text("messageId") ?? block.Text("pollMessageId");
            return new(name, PlainText.Message(WordsOf(name, block, words)), about);
        }
        return new(Unknown, null, null);
    }

    private static string? WordsOf(string name, Fields block, string words) => name switch
    {
        "listResponseMessage" => block.Raw("title") ?? block.Raw("message"),
        "pollVote" => string.Join(", ", (block.Elements("options") ?? []).Select(option => Strings.TryRead(option, out var text) ? text : null).OfType<string>()),
        _ => words.Length == 0 ? null : block.Raw(words),
    };
}
