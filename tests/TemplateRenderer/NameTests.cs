namespace Recado.Tests.TemplateRenderer;

public sealed class NameTests
{
    [TestCase("João Silva", "João")]
    [TestCase("JOÃO SILVA", "João")]
    [TestCase("maria", "Maria")]
    [TestCase("  maria   clara ", "Maria")]
    [TestCase("McDonald Trump", "McDonald")]
    [TestCase("ANA-MARIA BRAGA", "Ana-Maria")]
    [TestCase("D'ÁVILA", "D'Ávila")]
    [TestCase("Sr. Carlos Souza", "Carlos")]
    [TestCase("sra maria souza", "Maria")]
    [TestCase("DR. JOÃO", "João")]
    [TestCase("Dra.Paula Reis", "Paula")]
    [TestCase("Sr. Dr. Otávio", "Otávio")]
    [TestCase("Srta. Lia", "Lia")]
    [TestCase("Prof. Caio", "Caio")]
    [TestCase("PROFA. RITA", "Rita")]
    [TestCase("Silva, José", "Silva")]
    [TestCase("José\tCarlos", "José")]
    [TestCase("李小龙", "李小龙")]
    [TestCase("Zoë 😀", "Zoë")]
    [TestCase("Dr.", "Cliente")]
    [TestCase("😀", "Cliente")]
    [TestCase("---", "Cliente")]
    [TestCase(null, "Cliente")]
    public void The_first_name_is_the_first_word_that_is_no_title(string? name, string expected) =>
        Assert.That(Sample.Said("customer.first_name", Sample.Named(name)), Is.EqualTo(expected));

    [TestCase("JOÃO DA SILVA E SOUZA", "João da Silva e Souza")]
    [TestCase("maria dos santos", "Maria dos Santos")]
    [TestCase("Pedro II de Alcântara", "Pedro II de Alcântara")]
    [TestCase("Ronald McDonald", "Ronald McDonald")]
    [TestCase("Dr.João Silva", "Dr. João Silva")]
    [TestCase("J. R. R. Tolkien", "J. R. R. Tolkien")]
    [TestCase("MARIA DA SILVA", "Maria da Silva")]
    [TestCase("joão d'ávila", "João d'Ávila")]
    [TestCase("D'ÁVILA", "D'Ávila")]
    [TestCase("JOÃO PAULO II", "João Paulo II")]
    [TestCase("ronald mcdonald", "Ronald McDonald")]
    [TestCase("MARIE VON TRAPP", "Marie von Trapp")]
    [TestCase("Joa\u0303o", "João")]
    [TestCase("\u0301Ana \u0303Lima", "Ana Lima", Description = "marks on nothing")]
    public void A_full_name_is_put_in_sensible_case(string name, string expected) =>
        Assert.That(Sample.Said("customer.name", Sample.Named(name)), Is.EqualTo(expected));

    [TestCase("Ganhe PIX em evil.com")]
    [TestCase("https://evil.example/x")]
    [TestCase("ana@example.com")]
    [TestCase("Prêmio wa.me/5511999999999")]
    public void A_name_that_is_an_address_is_not_said(string name)
    {
        Assert.That(Sample.Said("customer.name", Sample.Named(name)), Is.EqualTo("Cliente"));
        Assert.That(Sample.Said("customer.first_name", Sample.Named(name)), Is.EqualTo("Cliente"));
    }

    [Test]
    public void A_name_has_at_most_sixty_characters_as_people_count_them()
    {
        // Two UTF-16 units and a combining accent in each.
        var grapheme = "𝔞\u0301";
        var name = string.Concat(Enumerable.Repeat(grapheme, 61));

        Assert.That(Sample.Said("customer.name", Sample.Named(name)), Is.EqualTo(string.Concat(Enumerable.Repeat(grapheme, 60))));
    }
}
