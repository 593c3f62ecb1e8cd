using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Recado.Contracts;
using Recado.WhatsAppDispatcher.Gateways;

namespace Recado.WhatsAppDispatcher.ZApi;

/// <summary>Sends content through a store's gateway; each number has its own circuit breaker.</summary>
public sealed class ZApiClients(GatewayConnections connections, IOptions<DispatcherOptions> options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, ResiliencePipeline<SendOutcome>> _breakers = new();

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None, // what is small on the wire stays small
        ConnectCallback = connections.ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16, // KiB
    })
    {
        MaxResponseContentBufferSize = 64 * 1024,
        Timeout = Timeout.InfiniteTimeSpan, // each send has its own deadline
    };

    /// <summary>Sends once and says what came of it; never throws for what the gateway does.</summary>
    public async Task<SendOutcome> SendAsync(GatewaySettings gateway, string recipient, MessageContent content, CancellationToken cancellation)
    {
        try
        {
            return await _breakers.GetOrAdd($"{gateway.BaseAddress} {gateway.Instance}", _ => Breaker())
                .ExecuteAsync(async token => await SendOnceAsync(gateway, recipient, content, token), cancellation);
        }
        catch (BrokenCircuitException)
        {
            return SendOutcome.NotSent(Reasons.GatewayUnreachable, "breaker open", counts: false, TimeSpan.FromSeconds(30));
        }
    }

    private async Task<SendOutcome> SendOnceAsync(GatewaySettings gateway, string recipient, MessageContent content, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var outcome = await ExchangeAsync(gateway, recipient, content, cancellation);
        DispatcherMetrics.Answer(outcome.Result, time.GetElapsedTime(started));
        return outcome;
    }

    private async Task<SendOutcome> ExchangeAsync(GatewaySettings gateway, string recipient, MessageContent content, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(options.Value.SendTimeout);
        try
        {
            using var response = await PostAsync(new ZApiClient(_http, gateway), recipient.TrimStart('+'), content, deadline.Token);
            return Classification.Of((int)response.StatusCode, RetryAfterOf(response), await response.Content.ReadAsByteArrayAsync(deadline.Token), gateway);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return Classification.Of(exception);
        }
    }

    /// <summary>Seconds, or a date by the gateway's clock.</summary>
    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;

    private static Task<HttpResponseMessage> PostAsync(ZApiClient api, string phone, MessageContent content, CancellationToken cancellation) => content.Kind switch
    {
        MessageKinds.Image => api.SendImageAsync(new(phone, content.MediaUrl!, content.Text), cancellation),
        MessageKinds.Document => api.SendDocumentAsync(ExtensionOf(content.FileName), new(phone, content.MediaUrl!, content.FileName, content.Text), cancellation),
        MessageKinds.Link => api.SendLinkAsync(new(phone, content.Text, content.Link!.ImageUrl, content.Link.Url, content.Link.Title, content.Link.Description), cancellation),
        MessageKinds.ButtonActions => api.SendButtonActionsAsync(new(phone, content.Text, content.Title, content.Footer, [.. content.Buttons.Select(Action)]), cancellation),
        MessageKinds.ButtonOtp => api.SendButtonOtpAsync(new(phone, content.Text, content.Code!, content.CodeLabel), cancellation),
        _ => api.SendTextAsync(new(phone, content.Text), cancellation),
    };

    private static ButtonAction Action(MessageButton button) => new(button.Id, button.Type, button.Phone?.TrimStart('+'), button.Url, button.Label);

    private static string ExtensionOf(string? fileName) => Path.GetExtension(fileName) is { Length: > 1 } extension ? extension[1..].ToLowerInvariant() : "pdf";

    /// <summary>Opens when half of at least five sends within 30 s found no gateway: small shops have little traffic.</summary>
    private ResiliencePipeline<SendOutcome> Breaker() => new ResiliencePipelineBuilder<SendOutcome> { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<SendOutcome>
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { } outcome && outcome.GatewayInTrouble),
            FailureRatio = 0.5,
            MinimumThroughput = 5,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(30),
        })
        .Build();

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
