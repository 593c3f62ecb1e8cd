using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recado.Contracts;
using Recado.Normalizer;
using Recado.Normalizer.Shapes;

namespace Recado.Tests.Normalizer;

public sealed partial class DriftTests
{
    // The payloads that are not by the documents, and what is new in them.
    private static readonly Dictionary<string, string> New = new()
    {
        ["wiapy/unknown-status"] = "status payment.status chargeback",
        ["abandoned-cart/sale-unknown-status"] = "status payment_status in_dispute",
        ["ezapi/unknown-block"] = "block ReceivedCallback.hologram ",
        ["ezapi/unknown-type"] = "type type",
        ["ezapi/echo-template"] = "field ReceivedCallback.hydratedTemplate.header.text", // a text header is not in the document
        ["ezapi/unknown-notification"] = "notification ReceivedCallback.notification ",
        ["events/unknown-type"] = "type type",
        ["partner/unknown-event"] = "type event",
    };

    private static IEnumerable<string> Payloads => Sources.All.SelectMany(source => Payload.NamesOf(source).Select(name => $"{source}/{name}"));

    [TestCaseSource(nameof(Payloads))]
    public void Nothing_is_new_in_what_the_documents_show(string payload)
    {
        var found = Of(payload.Split('/')[0], Payload.Body(payload.Split('/')[0], payload.Split('/')[1])).Select(finding => $"{finding.Kind} {finding.Path} {finding.Value}").ToList();

        if (New.TryGetValue(payload, out var expected))
            Assert.That(found, Has.Count.EqualTo(1).And.All.StartsWith(expected));
        else
            Assert.That(found, Is.Empty);
    }

    [TestCase(Sources.Wiapy, "Wiapy")]
    [TestCase(Sources.AbandonedCart, "AbandonedCart")]
    [TestCase(Sources.Partner, "Partner")]
    [TestCase(Sources.EzApi, "EzApi")]
    public void Every_name_that_a_source_reads_is_known(string source, string folder)
    {
        var read = Directory.GetFiles(Path.Combine(Root, "services", "Normalizer", folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Reading().Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.That(read, Has.Count.GreaterThan(10));
        Assert.That(read.Except(NamesOf(Drift.Known[source], [])), Is.Empty);
    }

    [TestCase("""{"payment":{"status":"paid","pix_boleto":{"expires_at":"2026-01-31"}}}""", "field payment.pix_boleto.expires_at  \"9999-99-99\"")]
    [TestCase("""{"data":{"payment":{"status":"paid"},"coupon":{"code":"MARIA10","value":1.5}}}""", "field coupon  {\"code\":\"xxxxx99\",\"value\":9.9}")]
    [TestCase("""{"body":{"data":{"payment":{"status":"paid"},"products":[{"sku":1},{"sku":2}]}},"headers":[]}""", "field products[].sku  9|field headers  []")]
    [TestCase("""{"payment":{"status":"chargeback","type":"gift"}}""", "status payment.status chargeback chargeback|type payment.type gift gift")]
    [TestCase("""{"payment":{"status":7,"fee":{"gateway":true}}}""", "status payment.status 9 9|field payment.fee.gateway  true")]
    [TestCase("""{"payment":{"status":""},"subscription":null,"customer":[{"nome":"x"}]}""", "field customer.nome  \"x\"")]
    [TestCase("""{"p\u0061yment":{"st\u0061tus":"p\u0061id"}}""", "")]
    [TestCase("""{"\ud800":1,"payment":{"status":"\ud800"}}""", "field ?  9|status payment.status \"?\" \"?\"")]
    public void What_is_new_in_a_payment_is_found_and_masked(string body, string findings) =>
        Assert.That(string.Join('|', Of(Sources.Wiapy, body).Select(finding => $"{finding.Kind} {finding.Path} {finding.Value} {finding.Example}")), Is.EqualTo(findings));

    [TestCase("""{"type":"ReceivedCallback","notification":"GROUP_2024"}""", "notification ReceivedCallback.notification xxxxx_9999")]
    [TestCase("""{"type":"ReceivedCallback","notification":"GROUP_CREATED_BY"}""", "notification ReceivedCallback.notification GROUP_CREATED_BY")]
    [TestCase("""{"type":"MessageStatusCallback","status":"EATEN"}""", "status MessageStatusCallback.status EATEN")]
    [TestCase("""{"type":"MessageStatusCallback","text":{}}""", "field MessageStatusCallback.text ")]
    [TestCase("""{"type":"ReceivedCallback","zaapId":"1","sticky":{"note":1}}""", "field ReceivedCallback.zaapId |block ReceivedCallback.sticky ")]
    [TestCase("""{"type":"NewCallback","phone":"1"}""", "type type NewCallback")]
    [TestCase("""{"type":"reply to 5511955550001","phone":"1"}""", "type type xxxxx xx 9999999999999")]
    [TestCase("""{"type":5}""", "type type 9")]
    [TestCase("""{"type":null}""", "")]
    [TestCase("""{}""", "")]
    public void What_is_new_in_a_callback_is_told_with_its_type(string body, string findings) =>
        Assert.That(string.Join('|', Of(Sources.EzApi, body).Select(finding => $"{finding.Kind} {finding.Path} {finding.Value}")), Is.EqualTo(findings));

    [TestCase("5511955550001", "9999999999999")]
    [TestCase("maria@example.com", "xxxxx@xxxxxxx.xxx")]
    [TestCase("phone_5511955550001", "xxxxx_9999999999999")]
    [TestCase("Maria da Silva", "xxxxx xx xxxxx")]
    [TestCase("joão", "xxxx")]
    [TestCase("utm_source2", "utm_source2")]
    [TestCase("a\u0000b", "x x")]
    public void A_name_that_is_no_identifier_is_masked(string name, string path) =>
        Assert.That(Of(Sources.Partner, JsonSerializer.Serialize(new Dictionary<string, object> { [name] = true })).Single(), Is.EqualTo(new DriftFinding("field", path, "", "true")));

    [Test]
    public void Examples_hold_no_personal_data_whatever_stands_there()
    {
        var random = new RandomJson(20_260_118);
        for (var i = 0; i < 2000; i++)
            foreach (var finding in Normalization.Normalize(Payload.Webhook(Sources.Partner, random.Document())).Drift.Where(finding => finding.Kind == DriftKinds.Field))
                // Names of fields stay within an example, the last of them may be cut; everything else is masked.
                Assert.That(Name().Replace(finding.Example.EndsWith("...", StringComparison.Ordinal) ? finding.Example[..(finding.Example.LastIndexOf(',') + 1)] : finding.Example, ""), Does.Match(@"^[ -~]*$").And.Not.Match("[0-8]").And.Not.Match("[A-Zabcdghijkmopqvwyz]"), finding.Example);
    }

    [Test]
    public void One_webhook_has_twenty_findings_and_the_rest_counts_once()
    {
        var body = $"{{{string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"new_{i}\":{i}"))}}}";

        var found = Of(Sources.Partner, body);

        Assert.That(found, Has.Count.EqualTo(Drift.MostPerWebhook + 1));
        Assert.That(found[^1], Is.EqualTo(new DriftFinding("other", "", "", "")));
        Assert.That(found.Take(Drift.MostPerWebhook).Select(finding => finding.Path), Is.EqualTo(Enumerable.Range(0, Drift.MostPerWebhook).Select(i => $"new_{i}")));
    }

    [Test]
    public void Findings_are_short_however_long_the_payload_is()
    {
        var finding = Of(Sources.Partner, $$"""{"{{new string('k', 5000)}}":["{{new string('v', 50_000)}}",{{string.Join(',', Enumerable.Repeat("123456789", 5000))}}]}""").Single();

        Assert.That(finding.Path, Has.Length.LessThan(200));
        Assert.That(finding.Example, Has.Length.LessThan(300).And.EndsWith("..."));
    }

    [Test]
    public void Looking_at_a_documented_payload_allocates_nothing([ValueSource(typeof(Sources), nameof(Sources.All))] string source)
    {
        using var document = JsonDocument.Parse(Payload.Body(source, source switch
        {
            Sources.Wiapy => "paid-card-subscription-in-body-data",
            Sources.AbandonedCart => "cart",
            Sources.Partner => "structure",
            Sources.Events => "pix-created",
            _ => "carousel-1",
        }));
        for (var i = 0; i < 100; i++)
            _ = Drift.Of(source, document.RootElement);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            _ = Drift.Of(source, document.RootElement);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(24_000), "bytes in a thousand looks: the smallest object has 24, and a collection meanwhile may add the 8 kB that were set aside for this thread");
    }

    [Test]
    public void Every_reason_of_quarantine_has_a_sentence() =>
        Assert.That(QuarantineReasons.Sentences.Keys, Is.EquivalentTo(typeof(QuarantineReasons).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)));

    private static string Root => typeof(DriftTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    private static IReadOnlyList<DriftFinding> Of(string source, string body) => Normalization.Normalize(Payload.Webhook(source, body)).Drift;

    private static HashSet<string> NamesOf(Shape shape, HashSet<Shape> seen) =>
        seen.Add(shape) ? [.. shape.Children.SelectMany(child => NamesOf(child.Value, seen).Append(child.Key))] : [];

    [GeneratedRegex("""\.(?:Object|List|Elements|Text|Raw|Required|Id|Centavos|Reais|Price|Quantity|Number|Flag|Time|IsTrue|IsFalse|Integer|Has)\("(?<name>[^"]+)"|\("(?<name>[a-z][A-Za-z]+)", "[a-z]*"\)""")]
    private static partial Regex Reading();

    [GeneratedRegex("\"[^\"]*\":|true|false|null")]
    private static partial Regex Name();
}
