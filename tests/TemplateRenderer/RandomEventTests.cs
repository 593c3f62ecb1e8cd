using System.Text;
using System.Text.Json;
using Recado.Contracts;
using Recado.TemplateRenderer;
using Recado.TemplateRenderer.Values;

namespace Recado.Tests.TemplateRenderer;

public sealed class RandomEventTests
{
    private const int Cases = 10_000;

    private static readonly string[] Pieces =
    [
        "João", "SILVA", " ", "\t", "\n", "\r\n", "\0", "{{", "}}", "{{1}}", "{{value}}", "*", "_", "~", "```", "\u202E", "\u200B", "\u200D",
        "👨‍👩‍👧", "👋🏽", "\uD83D", "\uDE00", "e\u0301", "https://", "http://", "a.example", "/", "?", "#", "@", "\\", "Dr.", "Sra", ">", "-",
        "\u3164", "\uFFFE", "İ", "ß", "١٢", "𝔞", "'", "%s", "${x}", "<b>", "null", "00020101", "。", "\u0085", "\u2028",
    ];

    [Test]
    public void Whatever_the_event_rendering_never_throws_and_no_value_adds_a_line()
    {
        var random = new Random(20241007);
        foreach (var variable in Variables.All.Select(variable => variable.Name))
        {
            for (var i = 0; i < Cases / Variables.All.Count; i++)
            {
                var e = Event(random, Text);
                var result = Sample.Render($"Oi <{{{{{variable}}}}}> fim", e);
                Assert.That(result.Succeeded, Is.EqualTo(result.Reason is null));
                if (result.Content is not { Text: var text }) continue;
                Assert.That(text, Does.StartWith("Oi <").And.EndWith("> fim").And.Length.GreaterThan("Oi <> fim".Length));
                Assert.That(text.Where(char.IsControl), Is.Empty, variable);
                Assert.That(text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar), Is.False, variable);
            }
        }
    }

    [Test]
    public void Rendering_leaves_no_placeholder_of_the_template_behind()
    {
        var random = new Random(30250115);
        var rendered = 0;
        for (var i = 0; i < Cases; i++)
        {
            var chosen = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Variables.All[random.Next(Variables.All.Count)].Name).ToArray();
            var template = new Template
            {
                Name = "random",
                Variables = chosen,
                Body = string.Concat(chosen.Select((name, at) => random.Next(2) == 0 ? $"a {{{{ {at + 1} }}}} b" : $"a {{{{{name}}}}} b")),
            };

            var result = Rendering.Render(template, Event(random, Tame), Sample.Store, Sample.Now);

            if (result.Content is not { Text: var text }) continue;
            rendered++;
            Assert.That(text, Does.Not.Contain("{{").And.Not.Contain("}}"));
        }
        Assert.That(rendered, Is.GreaterThan(Cases / 20), "the property must not hold for want of messages");
    }

    [Test]
    public void Whatever_the_template_neither_lint_nor_rendering_throws()
    {
        var random = new Random(7);
        string[] kinds = [MessageKinds.Text, MessageKinds.Image, MessageKinds.Document, MessageKinds.Link, MessageKinds.ButtonActions, MessageKinds.ButtonOtp, "?"];
        for (var i = 0; i < Cases; i++)
        {
            var template = new Template
            {
                Name = Text(random)!,
                Kind = kinds[random.Next(kinds.Length)],
                Body = Body(random)!,
                Variables = [Text(random)!, "value"],
                Title = Body(random),
                MediaUrl = Body(random),
                FileName = Body(random),
                Code = Body(random),
                Link = random.Next(2) == 0 ? null : new() { Url = Body(random)!, Title = Body(random)! },
                Buttons = [new() { Type = "URL", Label = Body(random)!, Url = Body(random) }],
                Fallbacks = new Dictionary<string, string> { ["value"] = Text(random)! },
            };

            var result = Rendering.Render(template, Event(random, Text), Sample.Store, Sample.Now);

            Assert.That(TemplateLint.Check(template), Is.Not.Null);
            Assert.That(result.Succeeded, Is.EqualTo(result.Reason is null));
        }
    }

    [Test]
    public void Parts_that_came_as_null_over_the_wire_are_missing_values()
    {
        var json = JsonSerializer.Serialize(Sample.Bare(), ContractsJson.Default.CommerceEvent)
            .Replace("\"customer\":{}", "\"customer\":null", StringComparison.Ordinal)
            .Replace("\"links\":{}", "\"links\":null", StringComparison.Ordinal)
            .Replace("\"items\":[]", "\"items\":null", StringComparison.Ordinal);
        var e = JsonSerializer.Deserialize(json, ContractsJson.Default.CommerceEvent)!;
        Assert.That((e.Customer, e.Links, e.Items.Count), Is.EqualTo(((Customer?)null, new Links(), 0)), "the test's own premise");

        foreach (var variable in Variables.All)
            Assert.That(Sample.Render($"a {{{{{variable.Name}}}}} b", e).Reason, Is.EqualTo(Reasons.MissingValue).Or.Null);
    }

    private static CommerceEvent Event(Random random, Func<Random, string?> text)
    {
        T? Maybe<T>(Func<T> make) where T : class => random.Next(4) == 0 ? null : make();
        Money Money() => new(random.NextInt64(long.MinValue, long.MaxValue), random.Next(2) == 0 ? "BRL" : text(random)!);
        string? Url() => random.Next(2) == 0 ? "https://shop.example/" + random.Next() : text(random);
        return Sample.Event() with
        {
            OccurredAt = new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks), TimeSpan.Zero),
            Customer = new() { Name = text(random), Email = text(random) },
            ShopName = text(random),
            Value = Maybe(Money),
            Cart = Maybe(() => new Cart { Total = Maybe(Money) }),
            Order = Maybe(() => new Order { Number = text(random), Status = text(random), Total = Maybe(Money) }),
            Payment = Maybe(() => new Payment
            {
                Method = text(random),
                Amount = Maybe(Money),
                Installments = random.Next(-2, 13),
                Pix = Maybe(() => new Pix { Code = text(random), Url = Url(), Valid = random.Next(3) switch { 0 => true, 1 => false, _ => null } }),
                Boleto = Maybe(() => new Boleto { Line = text(random), Url = Url(), DueDate = DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)) }),
            }),
            Shipment = Maybe(() => new Shipment { Status = text(random), Carrier = text(random), TrackingCode = text(random) }),
            Items = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Item { Name = text(random), Quantity = random.Next(int.MinValue, int.MaxValue) })],
            Links = new() { Checkout = Url(), Payment = Url(), Tracking = Url(), Order = Url() },
        };
    }

    private static string? Text(Random random) => random.Next(8) == 0
        ? null
        : string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string? Tame(Random random) => Text(random)?.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);

    private static string? Body(Random random) => random.Next(3) switch
    {
        0 => Text(random),
        1 => $"{{{{{Variables.All[random.Next(Variables.All.Count)].Name}}}}}",
        _ => "https://shop.example/{{2}}",
    };
}
