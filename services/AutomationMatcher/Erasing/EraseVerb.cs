using Recado.Platform.Erasing;
using Recado.Platform.Hosting;

namespace Recado.AutomationMatcher.Erasing;

/// <summary>Forgets a person by any key by which they are known.</summary>
internal static class EraseVerb
{
    public static readonly Verb Verb = new("erase", ErasureRequest.Usage,
        "Forgets a person (LGPD, art. 18): here all that is known of them, and by ids in the other services. Run it on ingest as well, for what nobody understood.", RunAsync);

    private static async Task RunAsync(IServiceProvider services, VerbLine line)
    {
        var request = ErasureRequest.Read(line);
        var known = await ActivatorUtilities.CreateInstance<ErasePerson>(services).EraseAsync(request, CancellationToken.None);
        Console.WriteLine(known.Contacts.Length == 0
            ? $"automation-matcher: knows nobody by that in the store '{request.Store}'"
            : $"automation-matcher: {(request.OnlyCount ? "would erase" : "erased")} {known.Tell()}");
        if (known.Contacts.Length > 0 && !request.OnlyCount)
            Console.WriteLine(
                "The other services follow within seconds of running. What nobody understood, and the gateway's callbacks, are found by erase on ingest; "
                + "replies and echoes leave the normalizer's outbox after a day; backups keep what they have. What stays is nobody's: ids, times, states, reasons.");
    }
}
