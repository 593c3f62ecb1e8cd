using System.Text.Json;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;
using Recado.WhatsAppDispatcher;
using Recado.WhatsAppDispatcher.Dispatching;
using Recado.WhatsAppDispatcher.Erasing;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>What becomes of the messages to a person who is forgotten, wherever they are at that moment.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class EraseMessagesTests(Engine engine)
{
    private HostInProcess _host = null!;

    private DispatcherDatabase Database => _host.Get<DispatcherDatabase>();

    // Nothing is started: each message stays where the test has put it.
    [SetUp]
    public async Task PrepareAsync()
    {
        var bundle = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        var gateway = new { instance = "INSTANCE_1", baseAddress = "http://127.0.0.1:9", token = "token" };
        await File.WriteAllTextAsync(bundle, JsonSerializer.Serialize(new { stores = new[] { new { id = "alpha", gateways = new[] { gateway } } } }));
        _host = await HostInProcess.PrepareAsync(new WhatsAppDispatcherService(), await FreshDatabase.CreateAsync(engine), settings: [("Bootstrap", bundle)]);
    }

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [TestCase("waiting", "suppressed", Reasons.Erased)]
    [TestCase("claimed", "suppressed", Reasons.Erased)]
    [TestCase("sending", "sending", null)]
    [TestCase("sent", "sent", null)]
    [TestCase("read", "read", null)]
    [TestCase("uncertain", "uncertain", null)]
    public async Task It_says_no_more_to_whom_it_went_nor_what_and_is_not_sent_if_it_was_not(string status, string then, string? reason)
    {
        var (theirs, others) = (RunningDispatcher.Message(), RunningDispatcher.Message());
        await QueueAsync(theirs, others);
        await PutAsync(theirs.MessageId, status);

        await EraseAsync("alpha", theirs.MessageId);
        await EraseAsync("alpha", theirs.MessageId);

        Assert.That(await StandingAsync(theirs.MessageId), Is.EqualTo((then, reason, "", null as string)));
        Assert.That(await TextAsync(theirs.MessageId), Is.Empty);
        Assert.That((await StandingAsync(others.MessageId)).Recipient, Is.EqualTo(others.Recipient));
        Assert.That(await TextAsync(others.MessageId), Is.EqualTo("Oi!"));
        Assert.That(await CountAsync("select count(*) from outbox where wire_name = 'recado.message-status-changed'"), Is.EqualTo(then == "suppressed" ? 1 : 0), "told once");
    }

    [Test]
    public async Task One_that_comes_back_unsent_is_not_sent_again()
    {
        var theirs = RunningDispatcher.Message();
        await QueueAsync(theirs);
        await PutAsync(theirs.MessageId, "sending");
        await EraseAsync("alpha", theirs.MessageId);
        await PutAsync(theirs.MessageId, "waiting");

        await _host.StartAsync();

        await Until.TrueAsync(async () => (await StandingAsync(theirs.MessageId)).Status == "suppressed", TimeSpan.FromSeconds(60), "it is suppressed");
    }

    [Test]
    public async Task One_that_is_still_on_its_way_counts_as_handled()
    {
        var theirs = Guid.NewGuid();

        await EraseAsync("alpha", theirs);

        Assert.That(await CountAsync("select count(*) from inbox where queue = 'whatsapp-dispatcher.message-rendered'"), Is.EqualTo(1));
    }

    [Test]
    public async Task One_that_could_not_be_handled_is_no_longer_kept()
    {
        var (theirs, anothers) = (Guid.NewGuid(), Guid.NewGuid());
        await SetAsideAsync(theirs);
        await SetAsideAsync(anothers);

        await EraseAsync("alpha", theirs);

        Assert.That(await Database.QueryAsync("select message_id from dead_letters", row => row.GetGuid(0), default), Is.EqualTo(new[] { anothers }));
    }

    [Test]
    public async Task Another_stores_word_erases_nothing()
    {
        var message = RunningDispatcher.Message();
        await QueueAsync(message);

        await EraseAsync("beta", message.MessageId);

        Assert.That((await StandingAsync(message.MessageId)).Recipient, Is.EqualTo(message.Recipient));
        Assert.That((await StandingAsync(message.MessageId)).Status, Is.EqualTo("waiting"));
    }

    private Task QueueAsync(params MessageRendered[] messages) => Database.InTransactionAsync(
        transaction => _host.Get<QueueMessages>().HandleAsync([.. messages.Select(message => new Received<MessageRendered>(message, default))], transaction, default), default);

    private Task EraseAsync(string store, params Guid[] messages) => Database.InTransactionAsync(
        transaction => _host.Get<EraseMessages>().HandleAsync(
            [new(new PersonErased { ErasureId = Guid.NewGuid(), StoreId = store, WebhookIds = [], EventIds = [], MessageIds = messages, ErasedAt = DateTimeOffset.UtcNow }, default)], transaction, default), default);

    private Task SetAsideAsync(Guid message) => Database.InTransactionAsync(transaction => transaction.ExecuteAsync(
        """
        insert into dead_letters (dead_letter_id, queue, wire_name, message_id, body, reason, error, died_at, times)
        values (@letter, 'whatsapp-dispatcher.message-rendered', 'recado.message-rendered', @id, @body, 'failed', 'error', @now, 1)
        """, default, ("letter", Guid.NewGuid()), ("id", message), ("body", "{}"u8.ToArray()), ("now", DateTimeOffset.UtcNow)), default);

    private Task PutAsync(Guid message, string status) => Database.InTransactionAsync(transaction => transaction.ExecuteAsync(
        "update messages set status = @status, lease_until = @lease where message_id = @id", default,
        ("status", status), ("lease", status is "claimed" or "sending" ? DateTimeOffset.UtcNow.AddHours(1) : (DateTimeOffset?)null), ("id", message)), default);

    private async Task<(string Status, string? Reason, string Recipient, string? Fingerprint)> StandingAsync(Guid message) => (await Database.QueryAsync(
        "select status, reason, recipient, fingerprint from messages where message_id = @id",
        row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)), default, ("id", message))).Single();

    private async Task<string> TextAsync(Guid message) => (await Database.QueryAsync(
        "select content from messages where message_id = @id", row => JsonSerializer.Deserialize<MessageContent>(row.GetString(0))!.Text, default, ("id", message))).Single();

    private async Task<long> CountAsync(string query) => (await Database.QueryAsync(query, row => row.GetInt64(0), default)).Single();
}
