using System.Reflection;
using System.Text;
using Recado.Contracts;

namespace Recado.Tests.Normalizer;

/// <summary>The real payloads under <c>tests/payloads</c>, one file each, with what they mean beside them.</summary>
internal static class Payload
{
    public static readonly DateTimeOffset ReceivedAt = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid WebhookId = new("0190b5a0-0000-5000-8000-000000000001");

    private static readonly string Folder = Path.Combine(
        typeof(Payload).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!,
        "tests", "payloads");

    public static IReadOnlyList<string> NamesOf(string source) =>
    [
        .. Directory.GetFiles(Path.Combine(Folder, source), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => !name.EndsWith(".expected", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string Body(string source, string name) => File.ReadAllText(Path.Combine(Folder, source, $"{name}.json"));

    public static string Expected(string source, string name) => File.ReadAllText(Path.Combine(Folder, source, $"{name}.expected.json"));

    public static WebhookReceived Webhook(string source, string body) => Webhook(source, Encoding.UTF8.GetBytes(body));

    public static WebhookReceived Webhook(string source, byte[] body) => new()
    {
        WebhookId = WebhookId,
        StoreId = "demo",
        Source = source,
        Channel = source switch { Sources.Partner => "abacate", Sources.EzApi => "INSTANCE_1", _ => null },
        ReceivedAt = ReceivedAt,
        Body = body,
    };
}
