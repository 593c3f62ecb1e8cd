using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Recado.Platform.Hosting;

/// <summary>
/// The verb <c>healthcheck</c>, for container engines: asks the same service, which runs in the same container, whether it
/// is ready. It composes nothing and needs no setting but the address, so that it costs little however often it is asked.
/// </summary>
internal static class HealthCheckVerb
{
    public const string Name = "healthcheck";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>The exit code: 0 when the service is ready, else 1, with the reason said.</summary>
    public static async Task<int> RunAsync(string service, string[] args)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().AddCommandLine(args).Build();
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            using var answer = await http.GetAsync(new Uri(AddressOf(settings), "/health/ready"));
            await Console.Out.WriteLineAsync(answer.IsSuccessStatusCode ? $"{service} is ready" : $"{service} is not ready: {(int)answer.StatusCode}");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or FormatException)
        {
            await Console.Error.WriteLineAsync($"{service} does not answer: {exception.Message}");
            return 1;
        }
    }

    /// <summary>Where the service listens, by the settings that the web server goes by and in their order, as it is reached from the same machine.</summary>
    /// <exception cref="FormatException">An address is none, or none is http.</exception>
    private static Uri AddressOf(IConfiguration settings)
    {
        IEnumerable<string> addresses = settings["Urls"] is { Length: > 0 } urls ? Split(urls)
            : settings["HTTP_PORTS"] is { Length: > 0 } ports ? Split(ports).Select(port => $"http://*:{port}")
            : ["http://localhost:5000"];
        var address = addresses.Select(BindingAddress.Parse).FirstOrDefault(each => each.Scheme == Uri.UriSchemeHttp)
            ?? throw new FormatException("it listens at no http address.");
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        return new UriBuilder(Uri.UriSchemeHttp, host, address.Port).Uri;
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
