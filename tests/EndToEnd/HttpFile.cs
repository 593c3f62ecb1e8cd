using System.Text;
using System.Text.RegularExpressions;

namespace Recado.Tests.EndToEnd;

/// <summary>One request of a .http file.</summary>
/// <param name="Status">What it says it answers (<c># answers 404</c>); null means any 2xx.</param>
public sealed record HttpFileRequest(string Title, HttpMethod Method, Uri Address, IReadOnlyList<(string Name, string Value)> Headers, string? Body, int? Status)
{
    /// <summary>The request, to be sent once.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Address);
        if (Body is not null)
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        foreach (var (name, value) in Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content!.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    /// <summary>Whether this is the answer that the file tells.</summary>
    public bool Tells(int status) => Status is { } told ? status == told : status is >= 200 and < 300;
}

/// <summary>A .http file as editors run them: <c>@variable = value</c>, <c># comment</c>, requests that begin with <c>###</c>.</summary>
public sealed partial class HttpFile
{
    private readonly Dictionary<string, string> variables = [];

    /// <summary>The first line, which says what the file shows.</summary>
    public string Subject { get; }

    public List<HttpFileRequest> Requests { get; } = [];

    /// <param name="host">Takes the place of the file's own <c>@host</c>.</param>
    public HttpFile(string text, string host)
    {
        var sections = Section().Split(text.ReplaceLineEndings("\n"));
        var head = sections[0].Split('\n');
        Subject = head[0].TrimStart('#', ' ');
        foreach (var line in head.Where(line => line.StartsWith('@')))
            variables[line[1..line.IndexOf('=', StringComparison.Ordinal)].Trim()] = Filled(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim());
        variables["host"] = host;
        Requests.AddRange(sections.Skip(1).Select(Read));
    }

    private HttpFileRequest Read(string section)
    {
        var lines = section.Split('\n');
        var request = lines.Skip(1).Where(line => !line.StartsWith('#')).SkipWhile(string.IsNullOrWhiteSpace).Select(Filled).ToList();
        var (method, address) = (request[0][..request[0].IndexOf(' ', StringComparison.Ordinal)], request[0][(request[0].IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var headers = request.Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2)).Select(pair => (pair[0].Trim(), pair[1].Trim())).ToList();
        var body = string.Join('\n', request.Skip(1 + headers.Count)).Trim();
        var status = lines.Select(line => Answers().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;
        return new(lines[0].Trim(), new(method), new(address), headers, body.Length == 0 ? null : body, status is null ? null : int.Parse(status, System.Globalization.CultureInfo.InvariantCulture));
    }

    private string Filled(string text) => Variable().Replace(text, match => variables[match.Groups[1].Value]);

    [GeneratedRegex("^###", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Variable();

    [GeneratedRegex("^# answers ([0-9]{3})$")]
    private static partial Regex Answers();
}
