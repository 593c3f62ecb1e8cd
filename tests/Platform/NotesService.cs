using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recado.Contracts;
using Recado.Platform;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Hosting;

namespace Recado.Tests.Platform;

/// <summary>The smallest service there can be: writes down what it hears and says that it did.</summary>
/// <param name="listens">False leaves it with an outbox alone.</param>
public sealed class NotesService(Listener listener, bool listens = true) : IService
{
    public string Name => "notes";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDatabase<NotesDatabase>();
        services.AddSingleton(listener);
    }

    public void AddConsumers(Consumers consumers)
    {
        if (listens)
            consumers.Add<WebhookQuarantined, TakeNotes, NotesDatabase>();
    }
}

public sealed class NotesDatabase(IOptions<DatabaseOptions> options, TimeProvider time) : Database("notes", options, time);

/// <summary>Sees what the handler sees, also when it is rolled back afterwards.</summary>
public sealed class Listener
{
    /// <summary>What a batch does before it fails or is committed.</summary>
    public Func<IReadOnlyList<Guid>, Task> During { get; set; } = _ => Task.CompletedTask;

    /// <summary>What is told of a message that becomes a dead letter.</summary>
    public Func<WebhookQuarantined, IMessage?> WhenDead { get; set; } = _ => null;

    public ConcurrentQueue<IReadOnlyList<Guid>> Batches { get; } = new();

    public int TimesSeen(Guid id) => Batches.Sum(batch => batch.Count(each => each == id));
}

/// <summary>A note per message, and an answer to each; the text <c>poison</c> makes it fail after both.</summary>
public sealed class TakeNotes(Listener listener) : IHandle<WebhookQuarantined>
{
    public async Task HandleAsync(IReadOnlyList<Received<WebhookQuarantined>> messages, Transaction transaction, CancellationToken cancellation)
    {
        Guid[] ids = [.. messages.Select(received => received.Message.WebhookId)];
        listener.Batches.Enqueue(ids);
        await listener.During(ids);
        transaction.WriteEach("insert into notes (message_id, text) values (@id, @text)", messages,
            received => [("id", received.Message.WebhookId), ("text", received.Message.Reason)]);
        foreach (var message in messages.Select(received => received.Message).Where(message => message.Reason is "answer" or "poison"))
            transaction.Publish(Note.Answer(message.WebhookId), default);
        if (messages.Any(received => received.Message.Reason == "poison"))
            throw new InvalidOperationException("This one is not digestible.");
    }

    public IMessage? WhenDead(WebhookQuarantined message) => listener.WhenDead(message);
}

/// <summary>Messages to play with.</summary>
public static class Note
{
    public static WebhookQuarantined Of(string text = "note") => new()
    {
        WebhookId = Guid.NewGuid(),
        StoreId = "store",
        Source = Sources.Wiapy,
        Reason = text,
        ReceivedAt = DateTimeOffset.UtcNow,
    };

    /// <summary>Nobody listens to it.</summary>
    public static MessageCancelled Answer(Guid id) => new() { MessageId = id, StoreId = "store", Reason = "answer", CancelledAt = DateTimeOffset.UtcNow };
}
