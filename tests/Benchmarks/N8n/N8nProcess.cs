using System.Net;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.N8n;

/// <summary>One process of n8n: its main one, or a worker.</summary>
internal sealed class N8nProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly HttpClient http;
    private readonly ChildProcess process;

    private N8nProcess(N8nServers servers, string folder, string[] arguments)
    {
        Port = Ports.Free();
        http = new() { BaseAddress = new($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(10) };
        process = ChildProcess.Start(N8nInstallation.Command(arguments), N8nSettings.Of(servers, folder, Port));
    }

    public int Port { get; }

    public int Id => process.Id;

    /// <summary>Starts the main process and waits until it takes webhooks: one without a credential is refused then, and unknown before.</summary>
    public static Task<N8nProcess> StartMainAsync(N8nServers servers, string folder) => StartAsync(
        servers, folder, ["start"], http => http.PostAsync("/webhooks/abandoned-cart", null), HttpStatusCode.Forbidden);

    /// <summary>Starts a worker and waits until it is connected to its servers.</summary>
    public static Task<N8nProcess> StartWorkerAsync(N8nServers servers, string folder) => StartAsync(
        servers, folder, ["worker", $"--concurrency={N8nSettings.WorkerConcurrency}"], http => http.GetAsync("/healthz/readiness"), HttpStatusCode.OK);

    /// <summary>Runs a command of n8n's that ends by itself.</summary>
    /// <param name="success">What it says when it has done its work: it ends with 0 when it has not, too.</param>
    public static async Task RunAsync(N8nServers servers, string folder, string success, params string[] arguments)
    {
        var variables = N8nSettings.Of(servers, folder, Ports.Free());
        variables["N8N_LOG_LEVEL"] = "info";
        var ended = await ChildProcess.RunAsync(N8nInstallation.Command(arguments), Patience, variables);
        if (ended.ExitCode != 0 || !ended.Output.Contains(success, StringComparison.Ordinal))
            throw new InvalidOperationException($"n8n {string.Join(' ', arguments)} ended with {ended.ExitCode}:\n{ended.Output}");
    }

    /// <summary>SIGTERM; it finishes what it has begun.</summary>
    public Task<Ended> StopAsync() => process.StopAsync(ChildProcess.Terminate, Patience);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }

    private static async Task<N8nProcess> StartAsync(
        N8nServers servers, string folder, string[] arguments, Func<HttpClient, Task<HttpResponseMessage>> ask, HttpStatusCode ready)
    {
        var started = new N8nProcess(servers, folder, arguments);
        try
        {
            await Until.TrueAsync(async () => started.process.HasExited || await AnswersAsync(started.http, ask, ready), Patience, $"n8n {arguments[0]} is ready or has ended");
            return started.process.HasExited ? throw new InvalidOperationException($"n8n {arguments[0]} ended with {started.process.ExitCode}") : started;
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            var wrote = started.process.Tail;
            await started.DisposeAsync();
            throw new InvalidOperationException($"{exception.Message}. It wrote:\n{wrote}", exception);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Func<HttpClient, Task<HttpResponseMessage>> ask, HttpStatusCode ready)
    {
        try
        {
            using var response = await ask(http);
            return response.StatusCode == ready;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
