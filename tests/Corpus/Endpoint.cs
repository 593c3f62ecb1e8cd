using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recado.Tests.Corpus;

/// <summary>An answer that an endpoint may give: the status, and a pattern for all of the body.</summary>
internal sealed record Documented(int Status, string Body)
{
    public bool Fits(RawAnswer answer) => answer.Status == Status && Regex.IsMatch(answer.Body, $"^(?:{Body})$");
}

/// <summary>What the generators have to know about one place where the world posts to.</summary>
internal abstract class Endpoint
{
    /// <summary>As the README writes the route.</summary>
    public abstract string Name { get; }

    /// <summary>Its token in <see cref="CorpusBundle"/>.</summary>
    public abstract string Token { get; }

    /// <summary>What stands before the token in <c>Authorization</c>; null where the token is in the path.</summary>
    public abstract string? Scheme { get; }

    /// <summary>The largest body in bytes.</summary>
    public virtual int Limit => 256 * 1024;

    /// <summary>The fields that hold text of people; the first is the customer's name.</summary>
    public abstract IReadOnlyList<string> TextFields { get; }

    /// <summary>The phone of the customer.</summary>
    public abstract string PhoneField { get; }

    /// <summary>The field that says what happened.</summary>
    public abstract string WordField { get; }

    /// <summary>Amounts in whole centavos, or null.</summary>
    public virtual string? CentavosField => null;

    /// <summary>Amounts in decimal reais, or null.</summary>
    public virtual string? ReaisField => null;

    public virtual IReadOnlyList<string> LinkFields => [];

    public virtual string? PixField => null;

    /// <summary>False where no post whatsoever causes a message.</summary>
    public virtual bool Sends => true;

    /// <summary>False where only digits with 55 are a phone.</summary>
    public virtual bool TakesMaskedPhones => true;

    /// <summary>A payload without fault, as its document shows it.</summary>
    public abstract string Valid(Person person);

    /// <summary>Whether a valid payload with this value in this field must not lead to a message.</summary>
    /// <param name="raw">JSON, or "" where the field is left out.</param>
    public abstract bool IsFatal(string path, string raw);

    /// <summary>The answers of the endpoint's own; those of <see cref="Answers"/> may come from every endpoint.</summary>
    protected abstract IReadOnlyList<Documented> OwnAnswers { get; }

    /// <summary>Where to post to.</summary>
    protected abstract string TargetFor(string token);

    public string Target => TargetFor(Token);

    public RawRequest Post(string body) => Post(Encoding.UTF8.GetBytes(body));

    public RawRequest Post(byte[] body) => Post(body, Token);

    /// <summary>With the token as it is; a path gets it encoded.</summary>
    public RawRequest Post(byte[] body, string token)
    {
        var request = new RawRequest(TargetFor(Scheme is null ? Uri.EscapeDataString(token) : token), [("Host", "localhost"), ("Content-Type", "application/json")], body);
        return Scheme is null ? request : request.And("Authorization", Scheme + token);
    }

    public bool Documents(RawAnswer answer) => OwnAnswers.Concat(Answers.OfEveryone).Any(documented => documented.Fits(answer));

    public override string ToString() => Name;

    /// <summary>Null, left out or blank.</summary>
    protected static bool IsAbsent(string raw) => raw is "" or "null" or "\"\"" or "\" \"";

    /// <summary>Neither left out, nor null, nor of the type.</summary>
    protected static bool IsOther(string raw, params JsonValueKind[] types) => raw is not ("" or "null") && !types.Contains(KindOf(raw));

    /// <summary>What cannot be an id: neither text nor a whole number.</summary>
    protected static bool IsNoId(string raw) =>
        IsOther(raw, JsonValueKind.String, JsonValueKind.Number) || (KindOf(raw) == JsonValueKind.Number && !long.TryParse(raw, out _));

    protected static JsonValueKind KindOf(string raw) => raw.Length == 0 ? JsonValueKind.Undefined : JsonDocument.Parse(raw).RootElement.ValueKind;
}
