namespace Recado.Standalone;

/// <summary>Says at start how to use the demo store.</summary>
internal sealed class Welcome(string address, IHostApplicationLifetime lifetime, ILogger<Welcome> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (log.IsEnabled(LogLevel.Information))
            lifetime.ApplicationStarted.Register(() => Console.WriteLine(Text(address)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Text(string address) =>
        $$"""

        Recado listens on {{address}} (Ctrl+C ends it). The demo store takes:
          Wiapy           POST /webhooks/wiapy                    Authorization: wiapy-demo-token
          Abandoned cart  POST /webhooks/abandoned-cart           Authorization: cart-demo-token
          Partner "demo"  POST /api/v1/partners/demo/events       Authorization: Bearer partner-demo-key
          Events API      POST /api/v1/events                     Authorization: Bearer events-demo-key
          Gateway         POST /webhooks/ezapi/ezapi-demo-token   (instance INSTANCE_1)
        What became of an event:  GET /api/v1/events/{id}  with one of the two keys
        What the gateway got:     GET /emulator/messages

          curl {{address}}/api/v1/partners/demo/events -H 'Authorization: Bearer partner-demo-key' \
            -d '{"event":"cart.abandoned","phone":"5511999999999","customer":"João Silva","store":"Nike Store","value":299.90,"url":"https://checkout.exemplo.com/123"}'
          curl {{address}}/emulator/messages

        """;
}
