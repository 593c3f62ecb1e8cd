using System.Net.Http.Headers;

namespace Recado.Standalone.Demo;

/// <summary>
/// Posts one example of every source and follows each to its receipts on the terminal. The process ends with 0 only when
/// every expected message was read and the paid cart stayed silent.
/// </summary>
internal sealed class DemoRun(IConfiguration configuration, IHostApplicationLifetime lifetime, DirectoryInfo folder, ILogger<DemoRun> log) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        using (lifetime.ApplicationStarted.Register(started.SetResult))
            await started.Task.WaitAsync(stoppingToken);
        try
        {
            Environment.ExitCode = await ShowAsync(stoppingToken) ? 0 : 1;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogError(exception, "The demonstration broke off");
            Environment.ExitCode = 1;
        }
        lifetime.StopApplication();
    }

    private async Task<bool> ShowAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = new Uri(configuration["Urls"]!) };
        Console.WriteLine("One example of every source; ten hours pass in a second.\n");
        var followers = new List<Follower>();
        foreach (var (i, example) in DemoExample.All.Index())
        {
            var id = await PostAsync(http, example, cancellation);
            Console.WriteLine($"#{i + 1,-2} {example.Title}: POST {example.Route}");
            followers.Add(new Follower(i + 1, example, id, http));
        }
        Console.WriteLine();

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        while (!followers.TrueForAll(follower => follower.Done) && !patience.IsCancellationRequested)
        {
            foreach (var follower in followers)
                await follower.LookAsync(cancellation);
            await Task.Delay(50, cancellation);
        }
        return Conclude(followers);
    }

    private static async Task<Guid> PostAsync(HttpClient http, DemoExample example, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, example.Route) { Content = new StringContent(example.Payload(), new MediaTypeHeaderValue("application/json")) };
        if (example.Authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", example.Authorization);
        using var response = await http.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        return Guid.Parse(response.Headers.GetValues("Recado-Webhook-Id").Single());
    }

    private static bool Conclude(List<Follower> followers)
    {
        Console.WriteLine();
        foreach (var follower in followers.Where(follower => follower.Problem is not null))
            Console.WriteLine($"#{follower.Number} {follower.Example.Title}: {follower.Problem}");
        var good = followers.TrueForAll(follower => follower.Problem is null);
        Console.WriteLine(good
            ? $"{followers.Sum(follower => follower.Read)} messages read, and the paid cart stayed silent."
            : "Something did not happen as it should.");
        return good;
    }

    public override void Dispose()
    {
        base.Dispose();
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // The operating system clears its temporary folder.
        }
    }
}
