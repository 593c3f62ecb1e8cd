using System.Text;
using Recado.Platform.Erasing;

namespace Recado.Tests.Platform;

/// <summary>How a person is found where nobody understood what was said.</summary>
public sealed class PersonMarksTests
{
    private static readonly PersonMarks Marks = new(["phone:+5511987654321", "phone:+551187654321", "email:ana@example.com", "document:01234567890", "customer:wiapy:1"]);

    [TestCase("""{"phone":"5511987654321"}""")]
    [TestCase("""{"phone":"+55 (11) 98765-4321"}""")]
    [TestCase("""{"a":[{"b":"011 98765-4321"}]}""")]
    [TestCase("""{"phone":11987654321}""")]
    [TestCase("""{"chat":"551187654321@c.us"}""")]
    [TestCase("""{"phone":"\u0031\u0031987654321"}""")]
    [TestCase("""{"email":" Ana@Example.com "}""")]
    [TestCase("""{"cpf":"012.345.678-90"}""")]
    [TestCase("""{"broken":"\ud800","cpf":"01234567890"}""")]
    public void Every_way_to_write_it_is_found(string json) => Assert.That(Marks.AreIn(Encoding.UTF8.GetBytes(json)), Is.True);

    [TestCase("""{"phone":"5511987654322"}""")]
    [TestCase("""{"order":"A5511987654321"}""")]
    [TestCase("""{"quantity":1,"customer":"1"}""")]
    [TestCase("""{"email":"joana@example.com"}""")]
    [TestCase("""{"number":"15511987654321"}""")]
    [TestCase("""{"empty":"","zero":0}""")]
    [TestCase("")]
    [TestCase("no json")]
    public void Nobody_else_is(string json) => Assert.That(Marks.AreIn(Encoding.UTF8.GetBytes(json)), Is.False);

    [Test]
    public void A_customers_id_alone_is_nothing_to_look_for() => Assert.That(new PersonMarks(["customer:wiapy:1"]).IsEmpty, Is.True);
}
