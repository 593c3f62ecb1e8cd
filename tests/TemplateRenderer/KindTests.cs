using Recado.Contracts;
using Recado.TemplateRenderer;

namespace Recado.Tests.TemplateRenderer;

public sealed class KindTests
{
    [Test]
    public void A_link_message_ends_with_its_address()
    {
        var template = Sample.Text("Seu carrinho:\n{{links.checkout}}") with
        {
            Kind = MessageKinds.Link,
            Link = new() { Url = "{{links.checkout}}", Title = "{{items.first}}", Description = "{{value}}", ImageUrl = "https://img.example/1.png" },
        };

        var content = Rendering.Render(template, Sample.Event(), Sample.Store, Sample.Now).Content;

        Assert.That(content?.Text, Does.EndWith("\nhttps://checkout.example/r/CART_ABC123XYZ"));
        Assert.That(content?.Link, Is.EqualTo(new LinkPreview
        {
            Url = "https://checkout.example/r/CART_ABC123XYZ",
            Title = "Notebook Dell Inspiron",
            Description = "R$ 150,00",
            ImageUrl = "https://img.example/1.png",
        }));
        Assert.That(Rendering.Render(template with { Body = "{{links.checkout}} aqui" }, Sample.Event(), Sample.Store, Sample.Now).Reason,
            Is.EqualTo(Reasons.InvalidValue));
    }

    [Test]
    public void A_copy_button_carries_the_code()
    {
        var template = Sample.Text("PIX de {{value}}.") with { Kind = MessageKinds.ButtonOtp, Code = "{{pix.code}}", CodeLabel = "Copiar" };

        var content = Rendering.Render(template, Sample.Event(), Sample.Store, Sample.Now).Content;

        Assert.That((content?.Kind, content?.Code, content?.CodeLabel), Is.EqualTo((MessageKinds.ButtonOtp, Sample.PixCode, "Copiar")));
    }

    [Test]
    public void Buttons_title_and_footer_are_filled()
    {
        var template = Sample.Text("Escolha.") with
        {
            Kind = MessageKinds.ButtonActions,
            Title = "Oi, {{customer.first_name}}",
            Footer = "{{store.name}}",
            Buttons = [new() { Type = "URL", Label = "Pagar {{value}}", Url = "{{links.payment}}" }, new() { Type = "CALL", Label = "Ligar", Phone = "+5511987654321" }],
        };

        var content = Rendering.Render(template, Sample.Event(), Sample.Store, Sample.Now).Content;

        Assert.That((content?.Title, content?.Footer), Is.EqualTo(("Oi, João", "Loja Demo")));
        Assert.That(content?.Buttons, Is.EqualTo(new MessageButton[]
        {
            new() { Type = "URL", Label = "Pagar R$ 150,00", Url = "https://pay.example/1" },
            new() { Type = "CALL", Label = "Ligar", Phone = "+5511987654321" },
        }));
    }

    [Test]
    public void A_document_has_a_file_name_with_extension()
    {
        var template = Sample.Text("Seu boleto.") with { Kind = MessageKinds.Document, MediaUrl = "{{boleto.url}}", FileName = "boleto-{{order.number}}.pdf" };

        Assert.That(Rendering.Render(template, Sample.Event(), Sample.Store, Sample.Now).Content?.FileName, Is.EqualTo("boleto-1001_A.pdf"));
        Assert.That(Rendering.Render(template with { FileName = "../{{order.number}}.pdf" }, Sample.Event(), Sample.Store, Sample.Now).Detail, Is.EqualTo("fileName"));
        Assert.That(Rendering.Render(template with { FileName = "boleto" }, Sample.Event(), Sample.Store, Sample.Now).Detail, Is.EqualTo("fileName"));
    }

    [TestCase(MessageKinds.Image, "mediaUrl")]
    [TestCase(MessageKinds.Document, "mediaUrl")]
    [TestCase(MessageKinds.Link, "link")]
    [TestCase(MessageKinds.ButtonActions, "buttons")]
    [TestCase(MessageKinds.ButtonOtp, "code")]
    [TestCase("sticker", "kind")]
    public void A_kind_without_its_part_is_no_message(string kind, string detail)
    {
        var result = Rendering.Render(Sample.Text("Oi.") with { Kind = kind }, Sample.Event(), Sample.Store, Sample.Now);

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.MissingValue, detail)));
    }

    [Test]
    public void An_address_put_together_from_parts_is_checked_as_a_whole()
    {
        var template = Sample.Text("Oi.") with { Kind = MessageKinds.Image, MediaUrl = "https://img.example/{{customer.name}}" };

        var result = Rendering.Render(template, Sample.Event(), Sample.Store, Sample.Now);

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.InvalidValue, "mediaUrl")), "the name has a space");
    }
}
