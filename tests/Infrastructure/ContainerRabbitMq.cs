namespace Recado.Tests.Infrastructure;

/// <summary>RabbitMQ in a container.</summary>
public sealed class ContainerRabbitMq : RabbitMqServer
{
    /// <summary>The public image; <c>./test</c> makes sure that the engine has it.</summary>
    public const string Image = "rabbitmq:4-management";

    private readonly Container container;

    public ContainerRabbitMq(bool management = false)
        : base(management) => container = new Container("rabbitmq",
    [
        "-p", $"127.0.0.1:{Port}:5672",
        .. ManagementPort is { } port ? (string[])["-p", $"127.0.0.1:{port}:15672"] : [],
        Image,
    ]);

    public override Task StartAsync() => container.StartAsync(AnswersAsync);

    public override Task StopAsync() => container.StopAsync();

    public override Task KillAsync() => container.KillAsync();

    public override async Task WipeAsync() => await container.DisposeAsync();

    public override async Task AddVirtualHostAsync(string name)
    {
        await container.ExecuteAsync("rabbitmqctl", "add_vhost", name);
        await container.ExecuteAsync("rabbitmqctl", "set_permissions", "-p", name, Guest, ".*", ".*", ".*");
    }

    public override Task BlockPublishersAsync(bool blocked) =>
        container.ExecuteAsync("rabbitmqctl", "set_disk_free_limit", blocked ? "100TB" : "50MB");

    public override async Task CloseChannelsThatHoldAsync(TimeSpan longest)
    {
        foreach (var (name, value) in SettingsOf(longest))
            await container.ExecuteAsync("rabbitmqctl", "eval", $"application:set_env(rabbit, {name}, {value}).");
    }

    public override ValueTask DisposeAsync() => container.DisposeAsync();
}
