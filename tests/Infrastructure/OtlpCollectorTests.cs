using System.IO.Compression;
using System.Net;
using System.Text;
using Google.Protobuf;

namespace Recado.Tests.Infrastructure;

public sealed class OtlpCollectorTests
{
    private static readonly byte[] TraceId = Convert.FromHexString("0AF7651916CD43DD8448EB211C80319C");
    private static readonly byte[] SpanId = Convert.FromHexString("B7AD6B7169203331");
    private OtlpCollector collector = null!;
    private HttpClient http = null!;

    [SetUp]
    public async Task Start()
    {
        collector = await OtlpCollector.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(collector.Endpoint) };
    }

    [TearDown]
    public async Task Stop()
    {
        http.Dispose();
        await collector.DisposeAsync();
    }

    [Test]
    public async Task A_span_is_read_with_all_its_parts()
    {
        using var content = new ByteArrayContent(Request());
        using var response = await http.PostAsync("/v1/traces", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var span = collector.Spans.Single();
        Assert.That(span.TraceId, Is.EqualTo("0af7651916cd43dd8448eb211c80319c"));
        Assert.That(span.SpanId, Is.EqualTo("b7ad6b7169203331"));
        Assert.That(span.ParentSpanId, Is.EqualTo("ffad6b7169203331"));
        Assert.That(span.Name, Is.EqualTo("publish"));
        Assert.That(span.Kind, Is.EqualTo(4));
        Assert.That(span.Start, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(1)));
        Assert.That(span.End - span.Start, Is.EqualTo(TimeSpan.FromMilliseconds(250)));
        Assert.That(span.Links, Is.EqualTo(new[] { new OtlpLink("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331") }));
        Assert.That((span.StatusCode, span.StatusMessage), Is.EqualTo((2, "broken")));
        Assert.That(span.Service, Is.EqualTo("ingest"));
        Assert.That(span.Attributes, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["text"] = "olá",
            ["flag"] = "false",
            ["count"] = "-3",
            ["ratio"] = "0.5",
        }));
    }

    [Test]
    public async Task Whatever_is_received_can_be_searched_also_when_it_came_zipped()
    {
        using var zipped = new MemoryStream();
        await using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            await zip.WriteAsync("call +5511999990000"u8.ToArray());
        using var content = new ByteArrayContent(zipped.ToArray());
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await http.PostAsync("/v1/logs", content);

        Assert.That(collector.Contains("5511999990000"), Is.True);
        Assert.That(collector.Contains("5511999990001"), Is.False);
        Assert.That(collector.Posts.Single().Signal, Is.EqualTo("logs"));
    }

    [Test]
    public async Task Spans_that_come_later_are_waited_for()
    {
        var waiting = collector.WaitForSpansAsync(spans => spans.Count == 2, TimeSpan.FromSeconds(90), "two spans");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var content = new ByteArrayContent(Request());
            using var response = await http.PostAsync("/v1/traces", content);
        }

        Assert.That(await waiting, Has.Count.EqualTo(2));
    }

    private static byte[] Request()
    {
        var resource = Message(o => Write(o, 1, Pair("service.name", o => Write(o, 1, Encoding.UTF8.GetBytes("ingest")))));
        var scope = Message(o => Write(o, 2, Message(Span)));
        return Message(o => Write(o, 1, Message(o =>
        {
            Write(o, 1, resource);
            Write(o, 2, scope);
        })));
    }

    private static void Span(CodedOutputStream o)
    {
        Write(o, 1, TraceId);
        Write(o, 2, SpanId);
        Write(o, 4, [0xFF, .. SpanId[1..]]);
        Write(o, 5, "publish"u8.ToArray());
        Number(o, 6, 4);
        Fixed(o, 7, 1_000_000_000);
        Fixed(o, 8, 1_250_000_000);
        Write(o, 9, Pair("text", o => Write(o, 1, Encoding.UTF8.GetBytes("olá"))));
        Write(o, 9, Pair("flag", o => Number(o, 2, 0)));
        Write(o, 9, Pair("count", o => Number(o, 3, unchecked((ulong)-3L))));
        Write(o, 9, Pair("ratio", o => Fixed(o, 4, BitConverter.DoubleToUInt64Bits(0.5))));
        Write(o, 13, Message(o =>
        {
            Write(o, 1, TraceId);
            Write(o, 2, SpanId);
        }));
        Write(o, 15, Message(o =>
        {
            Write(o, 2, "broken"u8.ToArray());
            Number(o, 3, 2);
        }));
    }

    private static byte[] Pair(string key, Action<CodedOutputStream> value) => Message(o =>
    {
        Write(o, 1, Encoding.UTF8.GetBytes(key));
        Write(o, 2, Message(value));
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        write(output);
        output.Flush();
        return stream.ToArray();
    }

    private static void Write(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }

    private static void Number(CodedOutputStream output, int field, ulong value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteUInt64(value);
    }

    private static void Fixed(CodedOutputStream output, int field, ulong value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteFixed64(value);
    }
}
