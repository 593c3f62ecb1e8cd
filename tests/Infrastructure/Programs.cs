namespace Recado.Tests.Infrastructure;

/// <summary>Where installed programs are.</summary>
public static class Programs
{
    /// <summary>Root has to step down to run PostgreSQL.</summary>
    public static bool RunAsRoot => OperatingSystem.IsLinux() && Environment.UserName == "root";

    /// <summary>The full path of a program on the PATH, null when there is none.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>A program of PostgreSQL; Debian keeps the server's out of the PATH.</summary>
    public static string? FindPostgres(string name) =>
        Find(name)
        ?? Newest("/usr/lib/postgresql", "*", $"bin/{name}")
        ?? Newest("/opt/homebrew/opt", "postgresql*", $"bin/{name}")
        ?? Newest("/usr/local/opt", "postgresql*", $"bin/{name}");

    /// <summary>The start script of RabbitMQ; the one that Debian puts on the PATH insists on the system's own user and folders.</summary>
    public static string? FindRabbitMq() =>
        Newest("/usr/lib/rabbitmq/lib", "rabbitmq_server-*", "sbin/rabbitmq-server")
        ?? Find("rabbitmq-server")
        ?? Newest("/opt/homebrew/opt", "rabbitmq", "sbin/rabbitmq-server")
        ?? Newest("/usr/local/opt", "rabbitmq", "sbin/rabbitmq-server");

    private static string? Newest(string folder, string versions, string program) =>
        !Directory.Exists(folder)
            ? null
            : Directory.GetDirectories(folder, versions)
                .Select(version => Path.Combine(version, program))
                .Where(File.Exists)
                .OrderByDescending(path => path.Length).ThenByDescending(path => path, StringComparer.Ordinal)
                .FirstOrDefault();
}
