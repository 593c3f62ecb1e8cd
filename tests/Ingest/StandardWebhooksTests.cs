using System.Text;
using Recado.Ingest.Signatures;
using Recado.Platform.Credentials;

namespace Recado.Tests.Ingest;

/// <summary>
/// Signatures by the specification (github.com/standard-webhooks/standard-webhooks, 1.0.0): the vectors of its reference
/// libraries, and what a signature must not be taken for.
/// </summary>
public sealed class StandardWebhooksTests
{
    // TestWebhookSign of the reference libraries.
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Sent = 1614265330;
    private const string Payload = """{"test": 2432232314}""";
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string Other = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    private const string OtherSecret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Test]
    public void The_vector_of_the_specification_is_good() => Assert.That(IsGood(), Is.True);

    [TestCase(Other + " v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= " + Signature + " " + Other, true)]
    [TestCase(Signature + " " + Other, true)]
    [TestCase(" " + Signature + "  ", true)]
    [TestCase(Other, false)]
    [TestCase("", false)]
    [TestCase("v1,", false)]
    [TestCase("v1", false)]
    [TestCase("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [TestCase("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [TestCase("V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [TestCase("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [TestCase("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OI=", false)]
    [TestCase("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1A==", false)] // 31 bytes of it
    [TestCase("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OEA", false)] // and 33
    [TestCase("v1,83484cf52b04f8e4cf2531adfed9882ad4b2665137b852442d594d20e2c9d4e1", false)]
    public void One_of_the_signatures_must_be_right(string signatures, bool good) => Assert.That(IsGood(signatures: signatures), Is.EqualTo(good));

    [Test]
    public void A_list_that_tries_its_luck_is_not_searched() =>
        Assert.That(IsGood(signatures: string.Concat(Enumerable.Repeat(Other + " ", 20)) + Signature), Is.False);

    [TestCase("msg_p5jXN8AQM9LWM0D4loKWxJel")]
    [TestCase("")]
    [TestCase("msg.p5jXN8AQM9LWM0D4loKWxJek")]
    public void Another_id_is_not_signed(string id) => Assert.That(IsGood(id: id), Is.False);

    [TestCase("""{"test": 2432232315}""")]
    [TestCase("""{"test":2432232314}""")]
    [TestCase("")]
    public void Another_body_is_not_signed(string body) => Assert.That(IsGood(body: body), Is.False);

    [Test]
    public void Another_split_of_the_signed_bytes_is_no_signature()
    {
        // Signed is "a.1614265330.5.{}": with the id "a.1614265330" the time would be 5 and the body {}.
        var signed = new WebhookSignature("a", "1614265330", "").SignWith(Key(Secret), "1614265331.{}");
        Assert.That(new WebhookSignature("a", "1614265330", signed).IsGood(Signing(Secret), "1614265331.{}"u8, At(0)), Is.True, "this is what was signed");
        Assert.That(new WebhookSignature("a.1614265330", "1614265331", signed).IsGood(Signing(Secret), "{}"u8, At(0)), Is.False);
    }

    [TestCase(0, true)]
    [TestCase(300, true)]
    [TestCase(301, false)]
    [TestCase(-300, true)]
    [TestCase(-301, false)]
    [TestCase(31_536_000, false)]
    public void The_time_may_be_300_s_away_before_and_after(int secondsLater, bool good) => Assert.That(IsGood(now: At(secondsLater)), Is.EqualTo(good));

    [TestCase("1614265331")]
    [TestCase("01614265330")]
    [TestCase(" 1614265330")]
    [TestCase("+1614265330")]
    [TestCase("1614265330.0")]
    [TestCase("1614265330000")]
    [TestCase("-1")]
    [TestCase("99999999999999999999")]
    [TestCase("2021-02-25T15:02:10Z")]
    [TestCase("")]
    public void A_time_that_was_not_signed_is_refused_however_it_is_written(string timestamp) => Assert.That(IsGood(timestamp: timestamp), Is.False);

    [TestCase(new[] { OtherSecret }, false)]
    [TestCase(new[] { OtherSecret, Secret }, true)]
    [TestCase(new[] { Secret, OtherSecret }, true)]
    [TestCase(new string[0], false)]
    public void Each_of_the_secrets_is_good(string[] secrets, bool good) => Assert.That(IsGood(signing: Signing(secrets)), Is.EqualTo(good));

    private static Signing Signing(params string[] secrets) => new([.. secrets.Select(Key)], TimeSpan.FromSeconds(300));

    private static byte[] Key(string secret) => Recado.Platform.Credentials.Signing.KeyOf(secret)!;

    private static DateTimeOffset At(int secondsLater) => DateTimeOffset.FromUnixTimeSeconds(Sent + secondsLater);

    private static bool IsGood(string id = Id, string? timestamp = null, string signatures = Signature, string body = Payload, Signing? signing = null, DateTimeOffset? now = null) =>
        new WebhookSignature(id, timestamp ?? $"{Sent}", signatures).IsGood(signing ?? Signing(Secret), Encoding.UTF8.GetBytes(body), now ?? At(0));
}
