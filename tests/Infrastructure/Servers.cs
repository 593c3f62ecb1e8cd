namespace Recado.Tests.Infrastructure;

/// <summary>
/// The servers that tests need: one shared pair, started on first use and gone at the end of the run, and private ones
/// for tests that stop and kill them. All are containers where a Docker engine answers, else installed programs;
/// <c>RECADO_TEST_SERVERS</c> (<c>containers</c> or <c>local</c>) decides otherwise.
/// </summary>
public static class Servers
{
    private static readonly Lazy<Task<bool>> InContainers = new(DecideAsync);
    private static readonly Lazy<Task<PostgresServer>> Postgres = new(StartPostgresAsync);
    private static readonly Lazy<Task<RabbitMqServer>> RabbitMq = new(StartRabbitMqAsync);

    /// <summary>The shared PostgreSQL. Make a database of your own in it; do not stop it.</summary>
    public static Task<PostgresServer> PostgresAsync() => Postgres.Value;

    /// <summary>The shared RabbitMQ. Make a virtual host of your own in it; do not stop it.</summary>
    public static Task<RabbitMqServer> RabbitMqAsync() => RabbitMq.Value;

    /// <summary>A PostgreSQL of the caller's own, not yet started.</summary>
    /// <param name="settings">Configuration parameters, for example <c>fsync=off</c>.</param>
    public static async Task<PostgresServer> NewPostgresAsync(params string[] settings) =>
        await InContainers.Value ? new ContainerPostgres(settings) : new LocalPostgres(settings);

    /// <summary>A RabbitMQ of the caller's own, not yet started.</summary>
    public static async Task<RabbitMqServer> NewRabbitMqAsync(bool management = false) =>
        await InContainers.Value ? new ContainerRabbitMq(management) : new LocalRabbitMq(management);

    /// <summary>Ends the shared servers, if anybody used them.</summary>
    public static async Task StopAsync()
    {
        if (Postgres.IsValueCreated)
            await (await Postgres.Value).DisposeAsync();
        if (RabbitMq.IsValueCreated)
            await (await RabbitMq.Value).DisposeAsync();
        RunFolder.Delete();
    }

    private static async Task<bool> DecideAsync() => Environment.GetEnvironmentVariable("RECADO_TEST_SERVERS") switch
    {
        null or "" => await Container.EngineAnswersAsync(),
        "containers" => true,
        "local" => false,
        var other => throw new InvalidOperationException($"RECADO_TEST_SERVERS is containers or local, not {other}."),
    };

    private static async Task<PostgresServer> StartPostgresAsync()
    {
        var server = await NewPostgresAsync();
        await server.StartAsync();
        return server;
    }

    private static async Task<RabbitMqServer> StartRabbitMqAsync()
    {
        var server = await NewRabbitMqAsync();
        await server.StartAsync();
        return server;
    }
}
