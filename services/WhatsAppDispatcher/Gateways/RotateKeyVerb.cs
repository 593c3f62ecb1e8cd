using Recado.Platform.Hosting;
using Recado.Platform.Secrets;

namespace Recado.WhatsAppDispatcher.Gateways;

/// <summary>Seals the settings of all gateways with the key that encrypts today.</summary>
internal static class RotateKeyVerb
{
    public static readonly Verb Verb = new("rotate-key", "", "Seals the gateways' settings with the first of the keys, and says whether the others can be taken away.", async (services, _) =>
    {
        var count = await services.GetRequiredService<SealedGateways>().SealAllAsync(CancellationToken.None);
        await Console.Out.WriteLineAsync(count.Tell("gateways", services.GetRequiredService<SecretBox>().OlderKeys));
    });
}
