using System.Collections.Concurrent;
using Recado.Platform.Data;

namespace Recado.Platform.Refill;

/// <summary>How far the queues of this process are.</summary>
internal sealed class HandledThrough
{
    internal readonly record struct Queue(Database Database, string Name, string WireName);

    private readonly ConcurrentDictionary<Queue, DateTimeOffset> _through = new();

    /// <summary>A batch is committed; its latest message had been published then.</summary>
    public void Note(Database database, string queue, string wireName, DateTimeOffset published) =>
        _through.AddOrUpdate(new(database, queue, wireName), published, (_, known) => published > known ? published : known);

    public IReadOnlyDictionary<Queue, DateTimeOffset> Current => _through;
}
