using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>One running Ingest for the tests of a fixture; they use ids of their own.</summary>
public abstract class IngestFixture(Engine engine)
{
    private static int made;

    protected RunningIngest Ingest { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Ingest = await RunningIngest.StartAsync(engine);

    [OneTimeTearDown]
    public async Task StopAsync() => await Ingest.DisposeAsync();

    /// <summary>Something that no other test uses.</summary>
    protected static string Unique() => $"id-{Interlocked.Increment(ref made)}";

    protected static string UniquePhone() => $"5511{900000000 + Interlocked.Increment(ref made)}";
}
