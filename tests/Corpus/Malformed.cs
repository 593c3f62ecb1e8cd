using System.Text;

namespace Recado.Tests.Corpus;

/// <summary>What is no JSON, in the classes of JSONTestSuite: cut off, with something missing, doubled or strewn in, or in another encoding.</summary>
internal static class Malformed
{
    private static readonly string[] Strewn = ["@", ";", "\\", "'", "x", "\u007F", "\v", "\f", "\0", "\u00A0", "\u2003", "\uFEFF", "/**/", "//\n"];

    // In place of a value.
    private static readonly string[] Tokens =
    [
        "NaN", "-NaN", "Infinity", "-Infinity", "inf", "+1", "++1", "--1", "-", "01", "-01", "00", "0x1F", "0b1", "0o7", ".5", "5.", "-.5", "5.e1", "1e", "1e+", "1E-", "1e1.5",
        "1.2.3", "1_000", "1,5", "1 000", "１", "1a", "1e1e1", "nul", "nulll", "Null", "NULL", "None", "undefined", "True", "TRUE", "tru", "fals", "yes", "'1'", "`1`", "\"1", "1\"",
        "unquoted", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1:2]", "1]", "{\"a\"", "{\"a\":", "{\"a\":1,", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{\"a\" 1}",
        "{\"a\"::1}", "{\"a\":1,,\"b\":1}", "{\"a\":1;\"b\":1}", "{\"a\":1 \"b\":1}", "{{}}", "{[]}", "[{]}", "<a/>", "!", "#", "$", "%", "&", "(1)", "*", "1//", "1/*", "function(){}",
    ];

    private static readonly string[] Wholes =
    [
        "", " ", "\n", "\t\r\n", "\0", "[", "]", "{", "}", ",", ":", "\"", "'", "[[", "[}", "{]", "[\"", "{\"", "{\"a", "{\"a\"", "{\"a\":", "[\"a", "[1,", "[,", "[,]", "{,", "{}}", "[]]", "{}{}", "[][]",
        "{} x", "[] 1", "1 2", "nullnull", "\"a\"\"b\"", "<html/>", "<?xml version=\"1.0\"?>", "a=b&c=d", "event=pix.created", "--boundary", "%7B%7D", "&#123;&#125;", "\\u007B\\u007D",
        "({})", "callback({})", "for(;;);{}", ")]}',\n{}", "{}\0", "\0{}", "{};", "{},", ",{}", "//c\n{}", "/*c*/{}", "#c\n{}", "--c\n{}", "data: {}\n\n", "\u001e{}", "\u2028{}", "{}\u2029", "\u0085{}",
        "e30=", "[\u0000]", "[1\u0000]", "{\"a\":1}\u0004", "\b{}", "\u001b[0m{}", "\uFEFF\uFEFF{}",
    ];

    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        var sample = endpoint.Valid(Person.Nobody);
        var places = JsonEdit.Structure(sample);
        foreach (var place in places.Skip(1))
            yield return Bad(endpoint, $"cut off at {place}", json => json[..place]);
        foreach (var place in Some(places, 90))
        {
            yield return Bad(endpoint, $"without the {sample[place]} at {place}", json => json.Remove(place, 1));
            yield return Bad(endpoint, $"with the {sample[place]} at {place} twice", json => json.Insert(place, json[place..(place + 1)]));
        }
        foreach (var place in Some([.. places.Skip(1).Where(place => sample[place] != '"')], 20))
            foreach (var strewn in Strewn)
                yield return Bad(endpoint, $"{Shown(strewn)} before the structure at {place}", json => json.Insert(place, strewn));
        foreach (var token in Tokens)
        {
            yield return Bad(endpoint, $"{token} as the phone", json => JsonEdit.With(json, endpoint.PhoneField, token));
            yield return Bad(endpoint, $"{token} as another field", json => JsonEdit.Beside(json, endpoint.WordField.Split('.')[0], "extra", token));
        }
        foreach (var whole in Wholes)
            yield return Bad(endpoint, $"{Shown(whole)} alone", _ => whole);
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(bigEndian: true, byteOrderMark: true)])
        {
            yield return Bad(endpoint, encoding.WebName, json => encoding.GetBytes(json));
            yield return Bad(endpoint, $"{encoding.WebName} with its mark", json => [.. encoding.GetPreamble(), .. encoding.GetBytes(json)]);
        }
        yield return Bad(endpoint, "UTF-8 twice over its quotes", json => json.Replace("\"", "“", StringComparison.Ordinal));
        yield return Bad(endpoint, "two in one body", json => json + json);
        yield return Bad(endpoint, "one a line", json => $"{json}\n{{}}\n");
        yield return Bad(endpoint, "in a string that does not end", json => $"\"{json.Replace("\"", "\\\"", StringComparison.Ordinal)}");
    }

    private static Case Bad(Endpoint endpoint, string name, Func<string, string> spoil) => Bad(endpoint, name, json => Encoding.UTF8.GetBytes(spoil(json)));

    private static Case Bad(Endpoint endpoint, string name, Func<string, byte[]> spoil) =>
        new(nameof(Malformed), name, Kind.Bad, person => endpoint.Post(spoil(endpoint.Valid(person)))) { Answer = (400, "malformed_json") };

    /// <summary>At most so many, from beginning to end.</summary>
    private static IEnumerable<int> Some(IReadOnlyList<int> places, int most) =>
        Enumerable.Range(0, Math.Min(most, places.Count)).Select(i => places[i * places.Count / Math.Min(most, places.Count)]);

    private static string Shown(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
