namespace Recado.Tests.Infrastructure;

/// <summary>PostgreSQL in a container.</summary>
public sealed class ContainerPostgres : PostgresServer
{
    /// <summary>The public image; <c>./test</c> makes sure that the engine has it.</summary>
    public const string Image = "postgres:17";

    private readonly Container container;

    public ContainerPostgres(params string[] settings) => container = new Container("postgres",
    [
        "-p", $"127.0.0.1:{Port}:5432", "-e", $"POSTGRES_PASSWORD={Password}", "--stop-signal", "SIGINT", Image,
        .. settings.Prepend("max_connections=300").SelectMany(setting => (string[])["-c", setting]),
    ]);

    public override Task StartAsync() => container.StartAsync(AnswersAsync);

    public override Task StopAsync() => container.StopAsync();

    public override Task KillAsync() => container.KillAsync();

    public override ValueTask DisposeAsync() => container.DisposeAsync();
}
