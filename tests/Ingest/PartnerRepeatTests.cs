using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>Partner events carry no id: what a repeat is, and for how long.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class PartnerRepeatTests(Engine engine) : IngestFixture(engine)
{
    [Test]
    public async Task The_same_content_within_ten_minutes_of_the_last_is_a_repeat_and_later_it_is_new()
    {
        var body = Body(UniquePhone());
        var first = await Ingest.PartnerAsync(body);

        var repeats = new List<Answer>();
        foreach (var _ in Enumerable.Range(0, 3)) // 9, 18 and 27 minutes after the first
            repeats.Add(await AfterAsync(TimeSpan.FromMinutes(9), body));
        var late = await AfterAsync(TimeSpan.FromMinutes(11), body);

        Assert.That(repeats, Has.All.EqualTo(first with { Replay = true }));
        Assert.That((late.Status, late.Replay, late.Id == first.Id), Is.EqualTo((200, false, false)));
    }

    [Test]
    public async Task The_same_link_is_a_repeat_for_a_day_whatever_comes_between()
    {
        var body = Body(UniquePhone(), url: "https://exemplo.com/checkout/1");
        var first = await Ingest.PartnerAsync(body);

        Assert.That(await AfterAsync(TimeSpan.FromHours(23), body), Is.EqualTo(first with { Replay = true }));
        Assert.That((await AfterAsync(TimeSpan.FromHours(2), body)).Replay, Is.False);
    }

    [Test]
    public async Task Other_content_is_new()
    {
        var phone = UniquePhone();
        string[] bodies =
        [
            Body(phone), Body(phone, value: "50.01"), Body(phone, type: "payment.failed"), Body(UniquePhone()), Body(phone, url: "https://exemplo.com/1"),
            Body(phone, url: "https://exemplo.com/2"), Body(phone).Replace("Loja", "Outra", StringComparison.Ordinal),
        ];

        var answers = await Task.WhenAll(bodies.Select(body => Ingest.PartnerAsync(body)));

        Assert.That(answers.Select(answer => answer.Replay), Has.All.False);
        Assert.That(answers.Select(answer => answer.Id), Is.Unique);
    }

    [Test]
    public async Task The_spelling_of_the_amount_and_of_the_name_do_not_matter()
    {
        var phone = UniquePhone();
        var first = await Ingest.PartnerAsync(Body(phone, value: "50"));

        var second = await Ingest.PartnerAsync(Body(phone, value: "50.00").Replace("Ana", "Ana Maria", StringComparison.Ordinal));

        Assert.That(second, Is.EqualTo(first with { Replay = true }));
    }

    [Test]
    public async Task A_PIX_code_is_one_charge_for_thirty_days()
    {
        var code = $"000201{Unique()}6304ABCD";
        string Pix(string phone) => Body(phone, "pix.created").Replace("}", $",\"code\":\"{code}\"}}", StringComparison.Ordinal);
        var first = await Ingest.PartnerAsync(Pix(UniquePhone()));

        Assert.That(await AfterAsync(TimeSpan.FromDays(29), Pix(UniquePhone())), Is.EqualTo(first with { Replay = true }));
        Assert.That((await AfterAsync(TimeSpan.FromDays(2), Pix(UniquePhone()))).Replay, Is.False);
    }

    [Test]
    public async Task A_dynamic_PIX_code_is_one_charge_by_its_address()
    {
        string Pix(string charge) => Body(UniquePhone(), "pix.created").Replace("}", $",\"code\":\"00020126470014BR.GOV.BCB.PIX2525pix.exemplo.com/{charge}62070503***6304ABCD\"}}", StringComparison.Ordinal);
        var (one, other) = (Unique(), Unique());
        var first = await Ingest.PartnerAsync(Pix(one));

        Assert.That(await AfterAsync(TimeSpan.FromDays(29), Pix(one)), Is.EqualTo(first with { Replay = true }));
        Assert.That((await Ingest.PartnerAsync(Pix(other))).Replay, Is.False);
    }

    [Test]
    public async Task A_PIX_code_that_stands_for_no_one_charge_is_a_repeat_only_with_the_same_content()
    {
        var code = $"00020126{Unique()}62070503***6304ABCD";
        string Pix(string phone, string value) => Body(phone, "pix.created", value).Replace("}", $",\"code\":\"{code}\"}}", StringComparison.Ordinal);
        var (ana, bia) = (UniquePhone(), UniquePhone());

        Answer[] answers =
        [
            await Ingest.PartnerAsync(Pix(ana, "50")), await Ingest.PartnerAsync(Pix(ana, "50")),
            await Ingest.PartnerAsync(Pix(bia, "50")), await Ingest.PartnerAsync(Pix(ana, "60")),
        ];

        Assert.That(answers.Select(answer => answer.Replay), Is.EqualTo(new[] { false, true, false, false }));
    }

    [TestCase("order_id")]
    [TestCase("payment_id")]
    [TestCase("cart_id")]
    public async Task Two_things_over_the_same_amount_are_two_facts(string name)
    {
        var phone = UniquePhone();
        string About(string id, string? url = null) => Body(phone, "payment.failed", url: url).Replace("}", $",\"{name}\":\"{id}\"}}", StringComparison.Ordinal);
        const string Orders = "https://exemplo.com/pedidos";

        Answer[] answers =
        [
            await Ingest.PartnerAsync(About("1")), await Ingest.PartnerAsync(About("1")), await Ingest.PartnerAsync(About("2")),
            await Ingest.PartnerAsync(About("1", Orders)), await Ingest.PartnerAsync(About("1", Orders)), await Ingest.PartnerAsync(About("2", Orders)),
        ];

        Assert.That(answers.Select(answer => answer.Replay), Is.EqualTo(new[] { false, true, false, false, true, false }));
    }

    [Test]
    public async Task A_boleto_that_falls_due_is_news_on_each_day_of_Brasilia()
    {
        var body = Body(UniquePhone(), "boleto.due", url: "https://exemplo.com/boleto/1");
        Ingest.Time.SetUtcNow(Ingest.Time.GetUtcNow().Date.AddDays(2).AddHours(2.5)); // 23:30 of the day before in Brasília
        var evening = await Ingest.PartnerAsync(body);

        Assert.That(await AfterAsync(TimeSpan.FromMinutes(29), body), Is.EqualTo(evening with { Replay = true }));
        var morning = await AfterAsync(TimeSpan.FromMinutes(2), body); // 00:01
        Assert.That((morning.Replay, morning.Id == evening.Id), Is.EqualTo((false, false)));
        Assert.That(await AfterAsync(TimeSpan.FromHours(23), body), Is.EqualTo(morning with { Replay = true }));
    }

    [Test]
    public async Task A_key_that_the_partner_chose_decides_alone()
    {
        var (key, phone) = (Unique(), UniquePhone());
        var first = await Ingest.PartnerAsync(Body(phone), key);

        Assert.That(await Ingest.PartnerAsync(Body(phone), key), Is.EqualTo(first with { Replay = true }));
        Assert.That((await Ingest.PartnerAsync(Body(phone), Unique())).Replay, Is.False, "another key is another fact");
        var conflict = await Ingest.PartnerAsync(Body(phone, value: "60"), key);
        Assert.That((conflict.Status, conflict.Body), Is.EqualTo((409, """{"error":"Idempotency-Key já usada com outro conteúdo"}""")));
    }

    [Test]
    public async Task Keys_of_one_partner_are_nothing_to_another()
    {
        var key = Unique();
        var first = await Ingest.PartnerAsync(Body(UniquePhone()), key);

        var otherPartner = await Ingest.PartnerAsync(Body(UniquePhone()), key, "alpha-stripe", "stripe");
        var otherStore = await Ingest.PartnerAsync(Body(UniquePhone()), key, "beta-abacate");

        Assert.That((otherPartner.Status, otherStore.Status), Is.EqualTo((200, 200)));
        Assert.That(new[] { first.Id, otherPartner.Id, otherStore.Id }, Is.Unique);
    }

    private Task<Answer> AfterAsync(TimeSpan pause, string body)
    {
        Ingest.Time.Advance(pause);
        return Ingest.PartnerAsync(body);
    }

    private static string Body(string phone, string type = "cart.abandoned", string value = "50", string? url = null) =>
        $$"""{"event":"{{type}}","phone":"{{phone}}","customer":"Ana","store":"Loja","value":{{value}}{{(url is null ? "" : $",\"url\":\"{url}\"")}}}""";
}
