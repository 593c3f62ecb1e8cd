using System.Text;

namespace Recado.Tests.Normalizer;

/// <summary>JSON that no sender should send, the same for the same seed.</summary>
internal sealed class RandomJson(int seed)
{
    private const int Deepest = 4;
    private readonly Random random = new(seed);

    private static readonly string[] Names =
    [
        "payment", "data", "body", "id", "status", "amount", "payment_method", "pix_boleto", "code", "url", "customer", "name", "phone", "email",
        "mobile_phone", "document", "products", "title", "cart_token", "cart_amount", "transaction_token", "payment_status", "event", "value", "store",
        "type", "instanceId", "ids", "messageId", "momment", "text", "message", "cart", "order", "total", "amountMinor", "currency", "items", "quantity",
        "occurredAt", "dt_update", "abandoned_at", "isGroup", "chatLid", "referenceMessageId", "reaction", "pollVote", "options", "\\ud800", "\\u0000",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "4700", "199.90", "199.905", "1e400", "-1e400", "1e-30", "9223372036854775807", "9223372036854775808",
        "123456789012345678901234567890", "0.1", "1e3", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u202e\\u200b\"", "\"paid\"",
        "\"unpaid\"", "\"pix\"", "\"pix.created\"", "\"cart.abandoned\"", "\"ReceivedCallback\"", "\"MessageStatusCallback\"", "\"DeliveryCallback\"",
        "\"INSTANCE_1\"", "\"READ\"", "\"5511999999999\"", "\"(55) 99911-2233\"", "\"1@lid\"", "\"a@b\"", "\"https://a.example/1\"", "\"https://[\"",
        "\"2025-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"BRL\"", "\"00020163041D3D\"", "[]", "{}", "[[]]",
        "\"\\ud83d\\udc68\\u200d\\ud83d\\udc69\"", "\"\\ufffe\\uffff\"",
    ];

    /// <summary>A byte that is not UTF-8, inside a string.</summary>
    public const char BrokenByte = '\uE0FF';

    /// <summary>A document of random fields, many of which the sources know.</summary>
    public byte[] Document() => Bytes(Object(0));

    /// <summary>One value in place of another.</summary>
    public string Value(int depth = 0) => random.Next(depth < Deepest ? 12 : 10) switch
    {
        0 => $"\"{new string('x', random.Next(1, 70_000))}\"",
        1 => $"\"{BrokenByte}\"",
        10 => Object(depth + 1),
        11 => $"[{Value(depth + 1)},{Value(depth + 1)}]",
        _ => Pick(Values),
    };

    public int Next(int limit) => random.Next(limit);

    /// <summary>The bytes of a document, with <see cref="BrokenByte"/> as a byte that UTF-8 never has.</summary>
    public static byte[] Bytes(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json).AsSpan();
        var broken = Encoding.UTF8.GetBytes([BrokenByte]);
        for (var at = bytes.IndexOf(broken); at >= 0; at = bytes.IndexOf(broken))
            bytes[at..(at + broken.Length)].Fill(0xFF);
        return bytes.ToArray();
    }

    private string Object(int depth)
    {
        var fields = Enumerable.Range(0, random.Next(9)).Select(_ => $"\"{Pick(Names)}\":{Value(depth)}");
        return $"{{{string.Join(',', fields)}}}";
    }

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];
}
