using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>The examples under deploy/http answer as they say, on a fresh demo store.</summary>
public sealed class HttpFilesTests
{
    private static readonly string Folder = Path.Combine(ServiceProcess.RepositoryRoot, "deploy", "http");

    private static IEnumerable<string> Files() => Directory.GetFiles(Folder, "*.http").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    [Test]
    public void There_is_one_for_every_source_and_for_timelines() => Assert.That(Files(), Is.SupersetOf(new[]
    {
        "abandoned-cart.http", "events-batch.http", "events.http", "ezapi.http", "partner.http", "timeline.http", "wiapy.http",
    }));

    [TestCaseSource(nameof(Files))]
    public async Task Every_request_of_a_file_gets_the_answer_that_it_tells(string name)
    {
        await using var recado = await StandaloneRecado.StartAsync();
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, name));
        var file = new HttpFile(text, recado.Ingest.BaseAddress!.ToString().TrimEnd('/'));

        Assert.That(text, Does.Contain("\n@host = http://localhost:8080\n"), "it runs as it is against Standalone");
        Assert.That((file.Subject.Length > 20, file.Requests.Count > 0), Is.EqualTo((true, true)), "the first line says what it shows");
        foreach (var request in file.Requests)
            await AnswersAsync(recado.Ingest, request);
    }

    /// <summary>What is read may need a moment to come about; what is sent is answered at once.</summary>
    private static async Task AnswersAsync(HttpClient http, HttpFileRequest request)
    {
        var (status, body) = await SendAsync(http, request);
        if (request.Method == HttpMethod.Get && !request.Tells(status))
            await Until.TrueAsync(async () => request.Tells(((status, body) = await SendAsync(http, request)).status), RunningRecado.Soon, $"{request.Title}: {status} {body}");
        Assert.That(request.Tells(status), Is.True, $"{request.Title}: {status} {body}");
    }

    private static async Task<(int status, string body)> SendAsync(HttpClient http, HttpFileRequest request)
    {
        using var message = request.ToMessage();
        using var answer = await http.SendAsync(message);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
