using Recado.Platform.Hosting;

namespace Recado.Ingest;

/// <summary>Seals the senders' signing secrets with the key that encrypts today.</summary>
internal static class RotateKeyVerb
{
    public static readonly Verb Verb = new("rotate-key", "", "Seals the signing secrets with the first of the keys, and says whether the others can be taken away.", async (services, _) =>
    {
        var (count, olderKeys) = await services.GetRequiredService<SenderCredentials>().SealAllAsync(CancellationToken.None);
        await Console.Out.WriteLineAsync(count.Tell("signing secrets", olderKeys));
    });
}
