using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>A broker takes back what somebody holds for too long, by closing the channel (RabbitMQ: after 30 min).</summary>
public sealed class HeldTooLongTests
{
    [Test]
    public async Task A_batch_that_is_taken_away_in_the_middle_is_handled_once_and_the_queue_goes_on()
    {
        await using var server = await Servers.NewRabbitMqAsync();
        await server.StartAsync();
        await server.CloseChannelsThatHoldAsync(TimeSpan.FromSeconds(2));
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var one = await Notebook.OpenAsync(database, server.AmqpUri());
        await using var other = await Notebook.OpenAsync(database, server.AmqpUri());
        var note = Note.Of("answer");
        var (held, letGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        one.Listener.During = other.Listener.During = async ids =>
        {
            if (ids.Contains(note.WebhookId) && held.TrySetResult())
                await letGo.Task;
        };

        await one.WriteAsync(note);
        await held.Task;
        await Until.TrueAsync(async () => await one.CountAsync("pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0,
            TimeSpan.FromSeconds(25), "the broker has taken it back, and the other replica waits to claim it");
        letGo.SetResult();
        await one.WaitForWhatIsUnderWayAsync();

        Assert.That((await one.NotesAsync()).Count(id => id == note.WebhookId), Is.EqualTo(1));
        Assert.That(await one.CountAsync("outbox where wire_name = 'recado.message-cancelled'"), Is.EqualTo(1));
        Assert.That(await one.CountAsync("dead_letters"), Is.Zero);
    }
}
