using System.Text;
using Recado.Normalizer.Pix;

namespace Recado.Tests.Normalizer;

public sealed class BrCodeTests
{
    private const string Valid =
        "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865406199.905802BR5912LOJA EXEMPLO6009SAO PAULO62100506PED12363048671";

    private const string OfThePartnerDocument =
        "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5925DEMO ARARA HQ LTDA6009SAO PAULO62070503***63041234";

    [Test]
    public void The_checksum_has_the_published_check_value() => Assert.That(BrCode.Crc16("123456789"u8), Is.EqualTo(0x29B1));

    [Test]
    public void A_right_code_is_valid() => Assert.That(BrCode.IsValid(Valid));

    [Test]
    public void The_example_of_the_partner_document_is_malformed()
    {
        Assert.That(BrCode.IsValid(OfThePartnerDocument), Is.False);
        Assert.That(BrCode.IsValid(WithChecksum(OfThePartnerDocument[..^8])), Is.False, "the length of tag 59 is wrong too");
    }

    [Test]
    public void Every_mutation_of_one_character_is_rejected()
    {
        const string Alphabet = "0123456789ABCXYZabcxyz .*-\n";
        var accepted = from at in Enumerable.Range(0, Valid.Length)
                       from character in Alphabet
                       where character != Valid[at]
                       select Valid[..at] + character + Valid[(at + 1)..] into mutation
                       where BrCode.IsValid(mutation)
                       select mutation;

        Assert.That(accepted, Is.Empty);
    }

    [Test]
    public void Every_code_with_a_character_lost_or_doubled_is_rejected()
    {
        for (var at = 0; at < Valid.Length; at++)
        {
            Assert.That(BrCode.IsValid(Valid.Remove(at, 1)), Is.False, $"without {at}");
            Assert.That(BrCode.IsValid(Valid.Insert(at, Valid[at].ToString())), Is.False, $"twice {at}");
        }
    }

    [Test]
    public void A_name_with_accents_may_be_counted_in_characters_or_bytes()
    {
        var inCharacters = Valid[..^8].Replace("5912LOJA EXEMPLO", "5912LOJA EXÊMPLO", StringComparison.Ordinal);
        var inBytes = Valid[..^8].Replace("5912LOJA EXEMPLO", "5913LOJA EXÊMPLO", StringComparison.Ordinal);

        Assert.That(new[] { WithChecksum(inCharacters), WithChecksum(inBytes) }, Has.All.Matches<string>(BrCode.IsValid));
    }

    [TestCase("00020126360014br.gov.bcb.xxx0114+55119876543215204000053039865802BR5901A6001B", Description = "the account is no PIX")]
    [TestCase("000201520400005303986", Description = "no account")]
    [TestCase("01020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000", Description = "does not begin with the format")]
    [TestCase("00020126990014br.gov.bcb.pix", Description = "a length beyond the end")]
    public void A_right_checksum_does_not_save_a_wrong_structure(string code) => Assert.That(BrCode.IsValid(WithChecksum(code)), Is.False);

    [TestCase("")]
    [TestCase("6304")]
    [TestCase("000201630412")]
    [TestCase("00020126580014br.gov.bcb.pix...")]
    public void What_is_too_short_is_no_code(string code) => Assert.That(BrCode.IsValid(code), Is.False);

    [Test]
    public void More_than_512_characters_are_no_code() => Assert.That(BrCode.IsValid(Valid + new string('0', 400)), Is.False);

    [Test]
    public void A_code_without_a_transaction_id_identifies_nothing() =>
        Assert.That((BrCode.IsSpecific(Valid), BrCode.IsSpecific(OfThePartnerDocument)), Is.EqualTo((true, false)));

    private static string WithChecksum(string code) => $"{code}6304{BrCode.Crc16(Encoding.UTF8.GetBytes(code + "6304")):X4}";
}
