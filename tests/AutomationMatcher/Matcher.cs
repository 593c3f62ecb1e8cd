using System.Text.Json;
using Recado.AutomationMatcher;
using Recado.AutomationMatcher.Commerce;
using Recado.AutomationMatcher.Contacts;
using Recado.AutomationMatcher.Messages;
using Recado.AutomationMatcher.Replies;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.AutomationMatcher;

/// <summary>The matcher in this process on a real database, with a clock that stands still.</summary>
public sealed class Matcher : IAsyncDisposable
{
    private const string Bundle =
        """
        {"stores":[{"id":"alpha","automations":[
          {"id":"cart-recovery","trigger":"cart.abandoned","steps":[{"wait":"1h"},{"send":"after-1h"},{"wait":"23h"},{"send":"after-24h"}],
           "stopOn":["payment.approved","order.created","customer.replied"],"reentryAfter":"24h","expireAfter":"12h"},
          {"id":"pix-code","trigger":"pix.created","class":"transactional","steps":[{"send":"code"}],"stopOn":["payment.approved"],"expireAfter":"1h"}]}]}
        """;

    private readonly HostInProcess host;

    private Matcher(HostInProcess host, ManualTimeProvider time) => (this.host, Time) = (host, time);

    public ManualTimeProvider Time { get; }

    public MatcherDatabase Database => host.Get<MatcherDatabase>();

    public ContactStore Contacts => host.Get<ContactStore>();

    public static async Task<Matcher> OpenAsync(string database)
    {
        var bundle = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        await File.WriteAllTextAsync(bundle, Bundle);
        var time = new ManualTimeProvider(Happening.Noon);
        return new(await HostInProcess.PrepareAsync(new AutomationMatcherService(), database, time: time, settings: [("Bootstrap", bundle)]), time);
    }

    /// <summary>From now on the clock of the journeys runs, and messages leave the outbox.</summary>
    public Task StartAsync() => host.StartAsync();

    public Task HearAsync(params CommerceEvent[] events) => HandleAsync<CommerceEvent, MatchCommerceEvents>(events);

    public Task NewsAsync(params MessageStatusChanged[] news) => HandleAsync<MessageStatusChanged, FollowMessages>(news);

    public Task ReplyAsync(params CustomerReplied[] replies) => HandleAsync<CustomerReplied, HearReplies>(replies);

    public async Task<List<MessageRequested>> RequestedAsync() => await Database.QueryAsync(
        "select body from outbox where wire_name = 'recado.message-requested' order by id",
        row => JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(0), ContractsJson.Default.MessageRequested)!, default);

    /// <summary>Waits, moving the clock on, until so many messages were asked for.</summary>
    public Task WaitForRequestsAsync(int count) => Until.TrueAsync(async () =>
    {
        Time.Advance(TimeSpan.FromMilliseconds(200));
        return (await RequestedAsync()).Count >= count;
    }, TimeSpan.FromSeconds(90), $"{count} messages are asked for");

    /// <summary>The first columns of each row as text, in their order.</summary>
    public Task<List<string>> RowsAsync(string query, int columns) => Database.QueryAsync(query, row =>
        string.Join(" ", Enumerable.Range(0, columns).Select(column => row.IsDBNull(column) ? "-" : row.GetFieldValue<string>(column))), default);

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    private Task HandleAsync<T, THandler>(T[] messages)
        where T : class, IMessage
        where THandler : class, IHandle<T> =>
        Database.InTransactionUntilDoneAsync(async transaction =>
        {
            await host.Get<THandler>().HandleAsync([.. messages.Select(message => new Received<T>(message, default))], transaction, default);
            return true;
        }, (_, _) => { }, default);
}
