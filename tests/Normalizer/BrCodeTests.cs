using System.Text;
using Recado.Contracts;
using Recado.Normalizer.Pix;

namespace Recado.Tests.Normalizer;

public sealed class BrCodeTests
{
    private const string Valid =
        "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865406199.905802BR5912LOJA EXEMPLO6009SAO PAULO62100506PED12363048671";

    private const string OfThePartnerDocument =
        "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5925DEMO ARARA HQ LTDA6009SAO PAULO62070503***63041234";

    [Test]
    public void The_checksum_has_the_published_check_value() => Assert.That(Crc16.Of("123456789"u8), Is.EqualTo(0x29B1));

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

    [Test]
    public void A_right_code_is_read_field_by_field()
    {
        var isValid = BrCode.TryParse(Valid, out var code, out _);

        Assert.That((isValid, code?.Key, code?.Url, code?.Amount, code?.MerchantName, code?.City, code?.TxId),
            Is.EqualTo((true, "123e4567-e12b-12d1-a456-426655440000", (string?)null, new Money(19990, "BRL"), "LOJA EXEMPLO", "SAO PAULO", "PED123")));
    }

    [TestCase("5406199.90", 19990)]
    [TestCase("540410.5", 1050)]
    [TestCase("54031.0", 100)]
    [TestCase("54017", 700)]
    [TestCase("54040.01", 1)]
    [TestCase("54040.00", null)]
    [TestCase("", null)]
    public void The_amount_is_exact_and_zero_is_none(string tag, long? centavos)
    {
        var isValid = BrCode.TryParse(WithAmount(tag), out var code, out _);

        Assert.That((isValid, code?.Amount?.Amount), Is.EqualTo((true, centavos)));
    }

    [TestCase("540510.005", Description = "more decimals than centavos are never rounded")]
    [TestCase("540510,00")]
    [TestCase("5405-1.00")]
    [TestCase("5405+1.00")]
    [TestCase("5405 1.00")]
    [TestCase("5403.50")]
    [TestCase("54051e400")]
    [TestCase("5400")]
    [TestCase("541410000000000.00")]
    [TestCase("54041.0054041.00", Description = "two amounts")]
    public void An_amount_that_is_none_makes_the_code_malformed(string tag) =>
        Assert.That(Problem(WithAmount(tag)), Is.EqualTo(CodeProblems.Malformed));

    [Test]
    public void Each_problem_has_its_name()
    {
        Assert.That(Problem(Valid[..^1] + "0"), Is.EqualTo(CodeProblems.Checksum));
        Assert.That(Problem(Valid[..^8] + "63048671 "), Is.EqualTo(CodeProblems.Malformed));
        Assert.That(Problem(OfThePartnerDocument), Is.EqualTo(CodeProblems.Malformed));
        Assert.That(Problem(Changed("5303986", "5303840")), Is.EqualTo(CodeProblems.Currency));
        Assert.That(Problem(Changed("5802BR", "5802US")), Is.EqualTo(CodeProblems.Malformed));
        Assert.That(Problem(Changed("6009SAO PAULO", "")), Is.EqualTo(CodeProblems.Malformed));
        Assert.That(Problem(Changed("PED123", "PED12A")), Is.Null);
        Assert.That(Problem(Changed("PED123", "PED129").ToLowerInvariant()), Is.EqualTo(CodeProblems.Malformed), "all in small letters");
    }

    [TestCase("00020126360014br.gov.bcb.xxx0114+55119876543215204000053039865802BR5901A6001B", Description = "the account is no PIX")]
    [TestCase("000201520400005303986", Description = "no account")]
    [TestCase("01020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000", Description = "does not begin with the format")]
    [TestCase("00020126990014br.gov.bcb.pix", Description = "a length beyond the end")]
    public void A_right_checksum_does_not_save_a_wrong_structure(string code) => Assert.That(BrCode.IsValid(WithChecksum(code)), Is.False);

    [TestCase("0136123e4567-e12b-12d1-a456-42665544000\u200B", Description = "nobody sees it, and no bank finds it")]
    [TestCase("0136123e4567-e12b-12d1-a456-42665544000\u00E9")]
    [TestCase("0136123e4567-e12b-12d1-a456-42665544000 ")]
    public void A_right_checksum_does_not_save_a_key_that_no_bank_knows(string key) =>
        Assert.That(BrCode.IsValid(Changed("0136123e4567-e12b-12d1-a456-426655440000", key)), Is.False);

    [TestCase("")]
    [TestCase("6304")]
    [TestCase("000201630412")]
    [TestCase("00020126580014br.gov.bcb.pix...")]
    public void What_is_too_short_is_no_code(string code) => Assert.That(BrCode.IsValid(code), Is.False);

    [Test]
    public void More_than_512_characters_are_no_code() => Assert.That(BrCode.IsValid(Valid + new string('0', 400)), Is.False);

    [Test]
    public void A_code_without_a_transaction_id_identifies_nothing() =>
        Assert.That((PixCodes.IsOneCharge(Valid), PixCodes.IsOneCharge(OfThePartnerDocument)), Is.EqualTo((true, false)));

    [Test]
    public void A_dynamic_code_is_one_charge_by_its_address()
    {
        var code = WithChecksum("00020126490014BR.GOV.BCB.PIX2527pix.exemplo.com/qr/v2/abc01520400005303986540510.005802BR5912LOJA EXEMPLO6009SAO PAULO62070503***");

        Assert.That((BrCode.IsValid(code), PixCodes.IsOneCharge(code)), Is.EqualTo((true, true)));
    }

    private static string WithAmount(string tag) => Changed("5406199.90", tag);

    private static string Changed(string part, string by) => WithChecksum(Valid[..^8].Replace(part, by, StringComparison.Ordinal));

    private static string? Problem(string code)
    {
        _ = BrCode.TryParse(code, out _, out var problem);
        return problem;
    }

    private static string WithChecksum(string code) => $"{code}6304{Crc16.Of(Encoding.UTF8.GetBytes(code + "6304")):X4}";
}
