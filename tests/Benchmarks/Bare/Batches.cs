using System.Threading.Channels;

namespace Recado.Tests.Benchmarks.Bare;

/// <summary>One worker that does together whatever has arrived meanwhile, up to a limit. A failure ends the program: then there is nothing to measure.</summary>
public sealed class Batches<T>
{
    private readonly Channel<T> waiting = Channel.CreateUnbounded<T>(new() { SingleReader = true });
    private readonly int limit;
    private readonly Func<List<T>, Task> process;

    public Batches(int limit, Func<List<T>, Task> process)
    {
        (this.limit, this.process) = (limit, process);
        _ = Task.Run(WorkAsync);
    }

    public void Add(T item) => waiting.Writer.TryWrite(item);

    private async Task WorkAsync()
    {
        try
        {
            var batch = new List<T>(limit);
            while (await waiting.Reader.WaitToReadAsync())
            {
                while (batch.Count < limit && waiting.Reader.TryRead(out var item))
                    batch.Add(item);
                await process(batch);
                batch.Clear();
            }
        }
        catch (Exception exception)
        {
            Environment.FailFast("A stage of the bare pipeline failed.", exception);
        }
    }
}
