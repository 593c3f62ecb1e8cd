using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;
using Recado.TemplateRenderer.Templates;

namespace Recado.TemplateRenderer.Requests;

/// <summary>A journey asked for a message: renders it, or says why it cannot be.</summary>
public sealed class RenderMessages(TemplateBook book, TimeProvider time) : IHandle<MessageRequested>
{
    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<Received<MessageRequested>> messages, Transaction transaction, CancellationToken cancellation)
    {
        // A replica may have taken in a new bundle that this process has not read yet.
        if (messages.Any(received => !Knows(received.Message)))
            await book.RefreshAsync(cancellation);
        var changes = new List<MessageStatusChanged>();
        foreach (var received in messages)
        {
            var (request, now) = (received.Message, time.GetUtcNow());
            var result = Render(request, now);
            received.Span?.SetTag(SpanTags.Reason, result.Reason);
            if (!result.Succeeded)
                received.Span.Fail(result.Reason ?? "not_rendered");
            if (result.Succeeded)
                transaction.Publish(Rendered(request, result.Content, result.ValidUntil, now), received.Trace);
            changes.Add(Changed(request, result, now));
            transaction.Publish(changes[^1], received.Trace);
        }
        transaction.OnCommitted(() => RendererMetrics.Render(changes.Select(change => (change.Status, change.Reason))));
    }

    /// <inheritdoc/>
    public IMessage WhenDead(MessageRequested message) =>
        Changed(message, RenderResult.Failed(message.Template, Reasons.NotProcessed, message.Template), time.GetUtcNow());

    private bool Knows(MessageRequested request) =>
        book.Current.TryGetValue(request.StoreId, out var store) && store.Templates.ContainsKey(request.Template);

    private RenderResult Render(MessageRequested request, DateTimeOffset now) => book.Current.TryGetValue(request.StoreId, out var store)
        ? Rendering.Render(request.Template, name => store.Templates.GetValueOrDefault(name), request.Event, store.Profile, now)
        : RenderResult.Failed(request.Template, Reasons.UnknownTemplate, request.Template);

    private static MessageRendered Rendered(MessageRequested request, MessageContent content, DateTimeOffset? validUntil, DateTimeOffset now) => new()
    {
        MessageId = request.MessageId,
        StoreId = request.StoreId,
        JourneyId = request.JourneyId,
        EventId = request.Event.EventId,
        Recipient = request.Recipient,
        Class = request.Class,
        RenderedAt = now,
        ExpiresAt = validUntil < request.ExpiresAt ? validUntil.Value : request.ExpiresAt,
        Content = content,
    };

    private static MessageStatusChanged Changed(MessageRequested request, RenderResult result, DateTimeOffset now)
    {
        var status = result.Succeeded ? MessageStatuses.Rendered : MessageStatuses.Failed;
        return new()
        {
            StatusId = DeterministicId.Of("status", request.MessageId.ToString(), status),
            MessageId = request.MessageId,
            StoreId = request.StoreId,
            JourneyId = request.JourneyId,
            EventId = request.Event.EventId,
            Status = status,
            Reason = result.Reason,
            Detail = !result.Succeeded ? result.Detail : result.Detail is null ? result.Template : $"{result.Template} ({result.Detail})",
            OccurredAt = now,
        };
    }
}
