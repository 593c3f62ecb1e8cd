using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Erasing;

namespace Recado.TemplateRenderer.Erasing;

/// <summary>A person is forgotten: no message to them is rendered any more, and the copies of those that were go. Nothing else here knows anybody.</summary>
public sealed class EraseRequests(RendererDatabase database, TimeProvider time) : IHandle<PersonErased>
{
    /// <inheritdoc/>
    public Task HandleAsync(IReadOnlyList<Received<PersonErased>> messages, Transaction transaction, CancellationToken cancellation)
    {
        var theirs = messages.SelectMany(received => received.Message.MessageIds).ToList();
        ErasedMessages.Refuse<MessageRequested>(database, theirs, time.GetUtcNow(), transaction);
        return ErasedMessages.RemoveAsync(theirs, transaction, cancellation);
    }
}
