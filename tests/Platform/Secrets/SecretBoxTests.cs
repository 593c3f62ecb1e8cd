using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;
using Recado.Platform.Hosting;
using Recado.Platform.Secrets;

namespace Recado.Tests.Platform.Secrets;

/// <summary>What is sealed opens where it belongs, with a key that is known, unchanged; and not otherwise.</summary>
public sealed class SecretBoxTests
{
    private static readonly SecretPlace Place = new("alpha", "gateway", "INSTANCE_1");
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("a token that nobody may read");

    [Test]
    public void What_is_sealed_opens_again()
    {
        var box = Box(NewKey());

        Assert.That(box.Open(Place, box.Seal(Place, Secret)), Is.EqualTo(Secret));
        Assert.That(box.Open(Place, box.Seal(Place, [])), Is.Empty);
    }

    [Test]
    public void What_is_sealed_does_not_show_the_secret_and_never_looks_the_same()
    {
        var box = Box(NewKey());

        var (first, second) = (box.Seal(Place, Secret), box.Seal(Place, Secret));

        Assert.That(Encoding.Latin1.GetString(first), Does.Not.Contain(Encoding.Latin1.GetString(Secret)));
        Assert.That(first[5..], Is.Not.EqualTo(second[5..]));
        Assert.That(first.AsSpan(33).ToArray(), Is.Not.EqualTo(second.AsSpan(33).ToArray()), "the ciphertexts");
    }

    [TestCase("beta", "gateway", "INSTANCE_1")]
    [TestCase("alpha", "person", "INSTANCE_1")]
    [TestCase("alpha", "gateway", "INSTANCE_2")]
    [TestCase("alphag", "ateway", "INSTANCE_1")]
    [TestCase("alpha", "gatewayI", "NSTANCE_1")]
    [TestCase("alpha", "gateway", "instance_1")]
    [TestCase("", "", "")]
    public void It_opens_in_no_other_place(string store, string purpose, string name)
    {
        var box = Box(NewKey());
        var sealedSecret = box.Seal(Place, Secret);

        Assert.That(() => box.Open(new(store, purpose, name), sealedSecret), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public void A_change_of_any_bit_keeps_it_shut()
    {
        var box = Box(NewKey());
        var sealedSecret = box.Seal(Place, Secret);

        for (var bit = 0; bit < sealedSecret.Length * 8; bit++)
        {
            var changed = (byte[])sealedSecret.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(() => box.Open(Place, changed), Throws.InstanceOf<CryptographicException>().Or.InstanceOf<UnknownKeyException>(), $"bit {bit}");
        }
    }

    [Test]
    public void A_part_of_it_keeps_it_shut()
    {
        var box = Box(NewKey());
        var sealedSecret = box.Seal(Place, Secret);

        for (var length = 0; length < sealedSecret.Length; length++)
            Assert.That(() => box.Open(Place, sealedSecret.AsSpan(0, length)), Throws.InstanceOf<CryptographicException>(), $"{length} bytes");
    }

    [Test]
    public void Another_key_says_so()
    {
        var sealedSecret = Box(NewKey()).Seal(Place, Secret);

        Assert.That(() => Box(NewKey()).Open(Place, sealedSecret), Throws.InstanceOf<UnknownKeyException>());
    }

    [TestCase(",")]
    [TestCase("\n")]
    [TestCase(" \r\n")]
    public void Of_several_keys_the_first_seals_and_all_of_them_open(string separator)
    {
        var (old, next) = (NewKey(), NewKey());
        var before = Box(old).Seal(Place, Secret);
        var rotated = Box(next + separator + old);

        Assert.That(rotated.Open(Place, before), Is.EqualTo(Secret));
        Assert.That(rotated.IsCurrent(before), Is.False);
        var after = rotated.Seal(Place, Secret);
        Assert.That(rotated.IsCurrent(after));
        Assert.That(Box(next).Open(Place, after), Is.EqualTo(Secret), "the old key can go");
    }

    [TestCase(",")]
    [TestCase(" , ,")]
    public void No_key_is_said_in_a_sentence(string text) => Assert.That(() => Box(text),
        Throws.InstanceOf<CannotStartException>().With.Message.StartsWith("Secrets:Key holds no key:"));

    [TestCase("too-short")]
    [TestCase("AAAA")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("äAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void What_is_no_key_is_said_without_repeating_it(string text)
    {
        var refusal = Assert.Throws<CannotStartException>(() => Box(text));

        Assert.That(refusal.Message, Does.StartWith("Secrets:Key holds something that is not a key:"));
        Assert.That(refusal.Message, Does.Not.Contain(text));
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretKeys.Length));

    private static SecretBox Box(string keys) => new(new SecretKeys(
        Options.Create(new SecretsOptions { Key = keys }), Options.Create(new DatabaseOptions { Database = "Host=localhost" })));
}
