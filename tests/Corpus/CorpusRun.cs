using System.Diagnostics;
using System.Globalization;
using System.Net;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Corpus;

/// <summary>One case, whom it is about, and how it was answered both times.</summary>
internal sealed record Posted(Endpoint Endpoint, Case Case, Person Person)
{
    public RawAnswer First { get; set; } = RawAnswer.None;
    public RawAnswer Second { get; set; } = RawAnswer.None;

    /// <summary>Nobody waits for the answer, so whether there is one is left to chance.</summary>
    public bool HangsUp { get; set; }

    public override string ToString() => $"{Endpoint}, {Case}";
}

/// <summary>A Standalone of its own process, to which the whole corpus is posted twice, on default limits but those of how often one may come: all of it comes from one address.</summary>
internal sealed class CorpusRun : IAsyncDisposable
{
    private const int Senders = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly ServiceProcess standalone;

    private CorpusRun(ServiceProcess standalone, string database)
    {
        (this.standalone, Stored) = (standalone, new StoredWork(database));
        Gateway = new GatewayMessages(standalone.Http);
        FirstProcess = standalone.ProcessId;
        Cases = [.. Corpus.Endpoints.SelectMany((endpoint, e) => Corpus.Of(endpoint).Select((@case, i) => new Posted(endpoint, @case, new Person(((e + 1) * 10_000) + i))))];
    }

    public IReadOnlyList<Posted> Cases { get; }
    public StoredWork Stored { get; }
    public GatewayMessages Gateway { get; }
    public int FirstProcess { get; }
    public int Process => standalone.ProcessId;
    public string Log => standalone.Output;

    /// <summary>Resident memory after each pass, in MiB.</summary>
    public List<long> Memory { get; } = [];

    public static async Task<CorpusRun> StartAsync()
    {
        var port = Ports.Free();
        var database = Path.Combine(RunFolder.New("corpus"), "recado.db");
        var standalone = new ServiceProcess("Standalone", new Dictionary<string, string>
        {
            ["Database"] = $"Data Source={database}",
            ["Bootstrap"] = await CorpusBundle.WriteAsync($"http://127.0.0.1:{port}/emulator"),
            [$"Emulator__Callbacks__{CorpusBundle.Instance}"] = $"http://127.0.0.1:{port}/webhooks/ezapi/{CorpusBundle.EzApi}",
            ["Logging__Console__FormatterName"] = "json",
            ["Ingest__RateLimit__FailuresPerMinute"] = "0",
            ["Ingest__RateLimit__PerSecond"] = "0",
        }, port);
        await standalone.StartAsync();
        return new(standalone, database);
    }

    /// <summary>Posts everything twice, and waits each time until all that follows from it is done.</summary>
    public async Task PostTwiceAsync()
    {
        await PassAsync((posted, answer) => posted.First = answer);
        await PassAsync((posted, answer) => posted.Second = answer);
    }

    /// <summary>Posts a payload without fault and waits for its message, which overtakes none of those before it.</summary>
    public async Task ProveAsync(Endpoint endpoint, Person person)
    {
        var answer = await SendAsync(endpoint.Post(endpoint.Valid(person)));
        if (!answer.IsAccepted)
            throw new InvalidOperationException($"{endpoint} answers a valid payload with {answer}.");
        if (endpoint.Sends)
            await Gateway.WaitForAsync(person.Phone, 1, Patience);
        await SettleAsync();
    }

    public Task<bool> IsReadyAsync() => standalone.IsReadyAsync();

    /// <summary>Whether a webhook has a timeline.</summary>
    public async Task<bool> HasTimelineAsync(Guid webhook)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{webhook}");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {CorpusBundle.Events}");
        using var response = await standalone.Http.SendAsync(request);
        return response.StatusCode == HttpStatusCode.OK;
    }

    public ValueTask DisposeAsync() => standalone.DisposeAsync();

    private async Task PassAsync(Action<Posted, RawAnswer> note)
    {
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Cases, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (posted, _) =>
        {
            var request = posted.Case.Make(posted.Person);
            posted.HangsUp = request.EndsEarly;
            note(posted, await SendAsync(request));
        });
        var posted = clock.Elapsed;
        await ReconnectAsync();
        await SettleAsync();
        Memory.Add(ResidentMiB());
        TestContext.Progress.WriteLine($"Corpus: {Cases.Count} cases in {posted.TotalSeconds:0.0} s, settled after {clock.Elapsed.TotalSeconds:0.0} s, {Memory[^1]} MiB");
    }

    private Task<RawAnswer> SendAsync(RawRequest request) => RawSender.SendAsync(standalone.Port, request);

    // Among the callbacks are true ones that say that the shop's phone is off: nothing would be sent any more.
    private Task<RawAnswer> ReconnectAsync() => SendAsync(new EzApiEndpoint().Post(
        $$"""{"type":"ConnectedCallback","instanceId":"{{CorpusBundle.Instance}}","connected":true,"momment":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}"""));

    /// <summary>Waits until everything that was published is handled, and nothing waits to leave; throws with what is not.</summary>
    public async Task SettleAsync()
    {
        IReadOnlyList<string> unhandled = [];
        try
        {
            await Until.TrueAsync(async () => (unhandled = await Stored.UnhandledAsync()).Count == 0 && await Stored.WaitingAsync() == 0, Patience, "everything is handled");
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}. Not handled: {string.Join(", ", unhandled.Take(20))}", exception);
        }
    }

    private long ResidentMiB() => OperatingSystem.IsLinux()
        ? long.Parse(File.ReadLines($"/proc/{standalone.ProcessId}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024
        : 0;
}
