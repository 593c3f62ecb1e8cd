using Recado.WhatsAppDispatcher.Echoes;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>Which uncertain send an echo proves.</summary>
public sealed class EvidenceTests
{
    private static readonly DateTimeOffset Armed = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [TestCase(-6, false, Description = "older than any difference of clocks")]
    [TestCase(-5, true)]
    [TestCase(0, true)]
    [TestCase(600, true)]
    [TestCase(601, false)]
    public void An_echo_proves_a_send_from_just_before_it_was_armed_until_ten_minutes_after(int seconds, bool proves) =>
        Assert.That(Evidence.Match([Message()], [Echo(seconds)]), Has.Count.EqualTo(proves ? 1 : 0));

    [Test]
    public void Another_store_phone_of_the_shop_person_or_text_proves_nothing()
    {
        var echo = Echo(1);

        Assert.That(Evidence.Match([Message()], [echo with { StoreId = "beta" }, echo with { InstanceId = "I2" }, echo with { Fingerprint = "other" }]), Is.Empty);
    }

    [Test]
    public void One_echo_proves_one_send_and_of_two_alike_the_one_armed_first()
    {
        var (later, first) = (Message(armed: 30), Message());

        Assert.That(Evidence.Match([later, first], [Echo(31)]).Select(each => each.Message), Is.EqualTo(new[] { first }));
        Assert.That(Evidence.Match([later, first], [Echo(31, "B"), Echo(1, "A")]).Select(each => (each.Message, each.Echo.GatewayMessageId)),
            Is.EqualTo(new[] { (first, "A"), (later, "B") }));
        Assert.That(Evidence.Match([first], [Echo(1, "A"), Echo(2, "B")]).Select(each => each.Echo.GatewayMessageId), Is.EqualTo(new[] { "A" }));
    }

    [Test]
    public void While_one_alike_is_under_way_nothing_is_decided()
    {
        var underWay = Message() with { Status = "sending" };

        Assert.That(Evidence.Match([underWay], [Echo(1)]), Is.Empty);
        Assert.That(Evidence.Match([Message(), underWay], [Echo(1)]), Is.Empty);
        Assert.That(Evidence.Match([Message(), underWay with { Fingerprint = "other" }], [Echo(1)]), Has.Count.EqualTo(1));
    }

    [TestCase("+5511987654321", "Oi, Ana!", true)]
    [TestCase("+551187654321", "Oi, Ana!", true, Description = "WhatsApp may know a mobile without its ninth digit")]
    [TestCase("+5511987654321", "  Oi, Ana!\r\n", true)]
    [TestCase("+5511987654321", "Oi, ana!", false)]
    [TestCase("+5511987654322", "Oi, Ana!", false)]
    [TestCase("+5521987654321", "Oi, Ana!", false)]
    [TestCase("+351912345678", "Oi, Ana!", false)]
    public void The_same_person_and_text_have_the_same_fingerprint(string phone, string text, bool same)
    {
        var fingerprint = Fingerprint.Of(phone, text);

        Assert.That(fingerprint, same ? Is.EqualTo(Fingerprint.Of("+5511987654321", "Oi, Ana!")) : Is.Not.EqualTo(Fingerprint.Of("+5511987654321", "Oi, Ana!")));
        Assert.That(fingerprint, Does.Match("^[0-9a-f]{64}$"), "nobody reads phone or text off it");
    }

    [Test]
    public void Accents_may_be_composed_or_not_and_half_a_character_is_none()
    {
        Assert.That(Fingerprint.Of("+5511987654321", "Ola\u0301"), Is.EqualTo(Fingerprint.Of("+5511987654321", "Olá")));
        Assert.That(Fingerprint.Of("+5511987654321", "Oi\ud800"), Is.EqualTo(Fingerprint.Of("+5511987654321", "Oi")));
        Assert.That(Fingerprint.Of("+5511987654321", "um\ndois"), Is.Not.EqualTo(Fingerprint.Of("+5511987654321", "um dois")));
    }

    private static InDoubt Message(int armed = 0) =>
        new(Guid.NewGuid(), "alpha", "I1", Guid.NewGuid(), Guid.NewGuid(), "uncertain", Armed.AddSeconds(armed), "same", null);

    private static ParkedEcho Echo(int seconds, string id = "A") => new("alpha", "I1", id, "same", Armed.AddSeconds(seconds));
}
