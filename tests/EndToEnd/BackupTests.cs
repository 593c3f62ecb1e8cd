using Npgsql;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>What <c>deploy/runbooks/backup-and-restore.md</c> says, done: a dump, the loss of database and broker, and a start from the dump.</summary>
public sealed class BackupTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private readonly string _dump = Path.Combine(RunFolder.New("backup"), "recado.dump");

    [Test]
    public async Task After_the_loss_of_everything_what_was_in_the_dump_goes_on_and_what_was_sent_before_is_not_sent_again()
    {
        Dictionary<string, Guid> done, waiting, after;
        await using (var pair = await ServersOfItsOwn.StartAsync())
        await using (var first = await FiveProcessRecado.StartAsync(options: OptionsOf(pair)))
        {
            done = await SendAsync(first, "41", 20);
            await Until.TrueAsync(async () => (await first.Gateway.AllAsync()).Count == done.Count, Patience, "all of the first have their message");
            await WaitForAllAsync(first, done.Values, "sent");
            await first.Processes.KillAsync("TemplateRenderer"); // so that messages wait at the broker and nowhere else
            waiting = await SendAsync(first, "42", 15);
            await WaitForAllAsync(first, waiting.Values, "requested");
            await RunAsync("pg_dump", first.Processes.Database, "--format=custom", $"--file={_dump}");
            after = await SendAsync(first, "43", 10);
            await WaitForAllAsync(first, after.Values, "requested");
        }

        await using var servers = await ServersOfItsOwn.StartAsync();
        var processes = await FiveProcesses.PrepareAsync(OptionsOf(servers));
        await using var second = new FiveProcessRecado(processes);
        await RunAsync("pg_restore", processes.Database, "--clean", "--if-exists", "--exit-on-error", _dump);
        await processes.StartEmulatorAsync();
        await Task.WhenAll(FiveProcesses.Services.Select(service => processes[service].StartAsync()));

        foreach (var phone in waiting.Keys)
            await second.Gateway.WaitForAsync(phone, 1, Patience);
        await WaitForAllAsync(second, waiting.Values, "sent");
        Assert.That(await UnknownAsync(second, after.Values), Is.EquivalentTo(after.Values), "what came after the dump is not known, as the walkthrough says");
        // Its senders have it: told again it is new, and goes its whole way. By then all that was published again is through.
        var again = await SendAsync(second, "43", 10);
        foreach (var phone in again.Keys)
            await second.Gateway.WaitForAsync(phone, 1, Patience);

        Assert.That((await second.Gateway.AllAsync()).Select(message => message.Phone).Order(StringComparer.Ordinal),
            Is.EqualTo(waiting.Keys.Concat(again.Keys).Order(StringComparer.Ordinal)), "each once, and nothing of what was sent before the dump");
        Assert.That(await CountAsync(processes.Database, "select count(*) from whatsapp_dispatcher.messages where status = 'uncertain'"), Is.Zero);
        await WaitForAllAsync(second, done.Values, "sent");
    }

    [Test]
    public async Task A_dump_by_a_role_behind_the_wall_fails_instead_of_being_empty()
    {
        await using var recado = await FiveProcessRecado.StartAsync();
        var asService = new NpgsqlConnectionStringBuilder(recado.Processes.Database) { Username = "recado_services" }.ConnectionString;

        var ended = await EndAsync("pg_dump", asService, "--schema=ingest", "--format=custom", $"--file={_dump}.wall");

        Assert.That(ended.ExitCode, Is.Not.Zero, ended.Output);
        Assert.That(ended.Output, Does.Contain("row-level security"));
    }

    private static FiveProcessesOptions OptionsOf(ServersOfItsOwn servers) => new()
    {
        Postgres = servers.Postgres,
        RabbitMq = servers.RabbitMq,
        Settings = new Dictionary<string, string> { ["Ingest__RateLimit__PerSecond"] = "0" },
    };

    /// <returns>Phone and webhook of each.</returns>
    private static async Task<Dictionary<string, Guid>> SendAsync(FiveProcessRecado recado, string area, int count)
    {
        var ledger = new SenderLedger(recado, area);
        await ledger.SendAsync(count);
        Assert.That(ledger.Unexpected, Is.Empty);
        return ledger.Accepted.ToDictionary();
    }

    private static Task WaitForAllAsync(FiveProcessRecado recado, IEnumerable<Guid> webhooks, string what) => Until.TrueAsync(
        async () => (await Task.WhenAll(webhooks.Select(recado.TimelineAsync))).All(lines => lines.Any(line => line.What == what)), Patience, $"all are {what}");

    private static async Task<IReadOnlyList<Guid>> UnknownAsync(FiveProcessRecado recado, IEnumerable<Guid> webhooks)
    {
        var unknown = new List<Guid>();
        foreach (var webhook in webhooks)
            if ((await recado.TimelineAsync(webhook)).Count == 0)
                unknown.Add(webhook);
        return unknown;
    }

    private static async Task<long> CountAsync(string database, string query)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task RunAsync(string program, string database, params string[] arguments)
    {
        var ended = await EndAsync(program, database, arguments);
        Assert.That(ended.ExitCode, Is.Zero, ended.Output);
    }

    private static Task<Ended> EndAsync(string program, string database, params string[] arguments)
    {
        var address = new NpgsqlConnectionStringBuilder(database);
        var path = Programs.FindPostgres(program) ?? throw new InvalidOperationException($"PostgreSQL's {program} was not found: install PostgreSQL, or run ./test, which does what is needed.");
        return ChildProcess.RunAsync(
            [path, $"--host={address.Host}", $"--port={address.Port}", $"--username={address.Username}", $"--dbname={address.Database}", .. arguments],
            Patience, new Dictionary<string, string?> { ["PGPASSWORD"] = address.Password });
    }

    /// <summary>A database server and a broker that go down together.</summary>
    private sealed class ServersOfItsOwn : IAsyncDisposable
    {
        private ServersOfItsOwn(PostgresServer postgres, RabbitMqServer rabbitMq) => (Postgres, RabbitMq) = (postgres, rabbitMq);

        public PostgresServer Postgres { get; }

        public RabbitMqServer RabbitMq { get; }

        public static async Task<ServersOfItsOwn> StartAsync()
        {
            var servers = new ServersOfItsOwn(await Servers.NewPostgresAsync(), await Servers.NewRabbitMqAsync());
            await Task.WhenAll(servers.Postgres.StartAsync(), servers.RabbitMq.StartAsync());
            return servers;
        }

        public async ValueTask DisposeAsync()
        {
            await RabbitMq.DisposeAsync();
            await Postgres.DisposeAsync();
        }
    }
}
