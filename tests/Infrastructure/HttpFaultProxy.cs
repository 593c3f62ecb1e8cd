using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Recado.Tests.Infrastructure;

/// <summary>What happens to the requests of an <see cref="HttpFaultProxy"/>.</summary>
public enum HttpTrouble
{
    None,

    /// <summary>The server answers; the client's connection is cut instead.</summary>
    SwallowResponse,

    /// <summary>The server gets it twice, one after the other; the client hears the second answer.</summary>
    DuplicateRequest,
}

/// <summary>Stands between a client and a web server, and knows where a request ends.</summary>
public sealed class HttpFaultProxy : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient server;
    private readonly ConcurrentQueue<string> paths = new();

    private HttpFaultProxy(WebApplication app, HttpClient server) => (this.app, this.server) = (app, server);

    /// <summary>Where clients send.</summary>
    public Uri Address => new(app.Urls.Single());

    public HttpTrouble Trouble { get; set; }

    /// <summary>The path of every request so far, in the order in which they came.</summary>
    public IReadOnlyCollection<string> Paths => paths;

    public static async Task<HttpFaultProxy> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Ports.Free()}");
        var proxy = new HttpFaultProxy(builder.Build(), new HttpClient { BaseAddress = target });
        proxy.app.Run(proxy.PassOnAsync);
        await proxy.app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        server.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        paths.Enqueue(context.Request.Path);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (Trouble == HttpTrouble.DuplicateRequest)
            (await SendAsync(context.Request, body.ToArray())).Dispose();
        using var answer = await SendAsync(context.Request, body.ToArray());
        if (Trouble == HttpTrouble.SwallowResponse)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.Headers.RetryAfter = answer.Headers.RetryAfter?.ToString();
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequest asked, byte[] body)
    {
        var request = new HttpRequestMessage(new HttpMethod(asked.Method), asked.Path + asked.QueryString) { Content = new ByteArrayContent(body) };
        foreach (var (name, values) in asked.Headers.Where(header => header.Key is not ("Host" or "Content-Length" or "Transfer-Encoding" or "Connection")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        return server.SendAsync(request);
    }
}
