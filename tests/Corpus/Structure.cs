using System.Text.Json;

namespace Recado.Tests.Corpus;

/// <summary>Every field of the valid payload left out, and with every kind of value; words that no document has.</summary>
internal static class Structure
{
    private static readonly (string Name, string Raw)[] Values =
    [
        ("null", "null"), ("true", "true"), ("false", "false"), ("0", "0"), ("-1", "-1"), ("1.5", "1.5"), ("1e400", "1e400"), ("30 digits", "123456789012345678901234567890"), ("empty", "\"\""), ("blank", "\" \""),
        ("x", "\"x\""), ("1 KiB", Long(1024)), ("a list", "[]"), ("a list of nothing", "[null]"), ("a list of lists", "[[]]"), ("an object", "{}"), ("another object", "{\"a\":1}"),
    ];

    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        foreach (var path in JsonEdit.Paths(endpoint.Valid(Person.Nobody)))
        {
            yield return Make(endpoint, $"{path} left out", path, "", json => JsonEdit.Without(json, path));
            foreach (var (name, raw) in Values)
                yield return Make(endpoint, $"{path} is {name}", path, raw, json => JsonEdit.With(json, path, raw));
        }
        foreach (var path in endpoint.TextFields.Append(endpoint.PhoneField).Append(endpoint.WordField))
            yield return Make(endpoint, $"{path} is 64 KiB", path, Long(65_536), json => JsonEdit.With(json, path, Long(65_536)));
        foreach (var word in Words(endpoint))
        {
            var raw = JsonSerializer.Serialize(word);
            yield return Make(endpoint, $"{endpoint.WordField} is {raw}", endpoint.WordField, raw, json => Said(json, endpoint, raw));
        }
    }

    private static Case Make(Endpoint endpoint, string name, string path, string raw, Func<string, string> change) =>
        new(nameof(Structure), name, endpoint.IsFatal(path, raw) ? Kind.Bad : Kind.Odd, person => endpoint.Post(change(endpoint.Valid(person))));

    // A cart has no such field of its own.
    private static string Said(string json, Endpoint endpoint, string raw) =>
        JsonEdit.Paths(json).Contains(endpoint.WordField) ? JsonEdit.With(json, endpoint.WordField, raw) : JsonEdit.Beside(json, "customer", endpoint.WordField, raw);

    private static IEnumerable<string> Words(Endpoint endpoint)
    {
        string[] known = ["pix.created", "unpaid", "ReceivedCallback", "payment.approved", "paid", "approved"];
        foreach (var word in known)
        {
            yield return word.ToUpperInvariant();
            yield return $" {word}x";
            yield return $"{word}.";
            yield return word + word;
            yield return word.Replace('.', '_') + "_";
            yield return word[1..];
            yield return word[..^1];
            yield return string.Concat(word.Reverse());
            yield return word.Replace('a', 'а').Replace('e', 'е').Replace('p', 'р').Replace('c', 'с'); // the same to the eye, in Cyrillic
            yield return word.Insert(2, "\u200B");
            yield return word + "\u0301";
        }
        foreach (var word in (string[])["*", "%", "null", "undefined", "0", "../paid", "paid;drop table webhooks", "' or '1'='1", "{{event}}", "${paid}", "pago", "waiting_payment", "UnknownCallback"])
            yield return endpoint.Sends ? word : word + "!";
    }

    private static string Long(int length) => $"\"{new string('x', length)}\"";
}
