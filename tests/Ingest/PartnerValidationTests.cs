using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>The checks of partner-events.txt, in its words.</summary>
[TestFixture(Engine.Sqlite)]
public sealed class PartnerValidationTests(Engine engine) : IngestFixture(engine)
{
    private const string Event = "\"event\":\"cart.abandoned\"";
    private const string Phone = "\"phone\":\"5511999999999\"";
    private const string Customer = "\"customer\":\"João Silva\"";
    private const string Store = "\"store\":\"Minha Loja\"";
    private const string Value = "\"value\":199.90";
    private const string AllMissing =
        """{"event":"Evento é obrigatório","phone":"Telefone é obrigatório","customer":"Nome do cliente é obrigatório","store":"Nome da loja é obrigatório","value":"Valor é obrigatório"}""";

    [TestCase("{}", AllMissing)]
    [TestCase("[]", AllMissing)]
    [TestCase("null", AllMissing)]
    [TestCase("\"cart.abandoned\"", AllMissing)]
    [TestCase("""{"event":null,"phone":null,"customer":null,"store":null,"value":null}""", AllMissing)]
    [TestCase("""{"event":"","phone":" ","customer":"","store":"\t","value":null}""", AllMissing)]
    [TestCase($$"""{{{Customer}},{{Store}},{{Value}}}""", """{"event":"Evento é obrigatório","phone":"Telefone é obrigatório"}""")]
    [TestCase($$"""{"event":5,{{Phone}},{{Customer}},{{Store}},{{Value}}}""", """{"event":"Evento deve ser um texto"}""")]
    [TestCase($$"""{{{Event}},"phone":5511999999999,{{Customer}},{{Store}},{{Value}}}""", """{"phone":"Telefone deve ser um texto"}""")]
    [TestCase($$"""{{{Event}},{{Phone}},"customer":["João"],{{Store}},{{Value}}}""", """{"customer":"Nome do cliente deve ser um texto"}""")]
    [TestCase($$"""{{{Event}},{{Phone}},{{Customer}},"store":{},{{Value}}}""", """{"store":"Nome da loja deve ser um texto"}""")]
    [TestCase($$"""{{{Event}},{{Phone}},{{Customer}},{{Store}},{{Value}},"url":5}""", """{"url":"URL deve ser um texto"}""")]
    [TestCase($$"""{{{Event}},{{Phone}},{{Customer}},{{Store}},{{Value}},"code":true}""", """{"code":"Código PIX deve ser um texto"}""")]
    [TestCase($$"""{"event":"cart.lost","phone":"11",{{Customer}},{{Store}},{{Value}}}""", """{"phone":"Telefone deve estar no formato 5511999999999"}""")]
    public async Task A_wrong_event_is_refused_field_by_field(string body, string details)
    {
        var answer = await Ingest.PartnerAsync(body);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((400, $$"""{"error":"Validation failed","details":{{details}}}""")));
        Assert.That(answer.WebhookId, Is.Null);
    }

    [TestCase("\"199,90\"", "Valor deve ser um número")]
    [TestCase("\"199.90\"", "Valor deve ser um número")]
    [TestCase("true", "Valor deve ser um número")]
    [TestCase("-1", "Valor deve ser em reais, com no máximo duas casas decimais")]
    [TestCase("-0.01", "Valor deve ser em reais, com no máximo duas casas decimais")]
    [TestCase("199.901", "Valor deve ser em reais, com no máximo duas casas decimais")]
    [TestCase("1000000000000", "Valor deve ser em reais, com no máximo duas casas decimais")]
    [TestCase("1e400", "Valor deve ser em reais, com no máximo duas casas decimais")]
    [TestCase("1e-5", "Valor deve ser em reais, com no máximo duas casas decimais")]
    public async Task An_amount_is_reais_with_two_decimals(string value, string message)
    {
        var answer = await Ingest.PartnerAsync($$"""{{{Event}},{{Phone}},{{Customer}},{{Store}},"value":{{value}}}""");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((400, $$$"""{"error":"Validation failed","details":{"value":"{{{message}}}"}}""")));
    }

    [TestCase("0")]
    [TestCase("0.01")]
    [TestCase("199.9")]
    [TestCase("199.90")]
    [TestCase("199.900")]
    [TestCase("1.999e2")]
    [TestCase("999999999999.99")]
    public async Task These_amounts_are_good(string value) =>
        Assert.That((await Ingest.PartnerAsync($$"""{{{Event}},"phone":"{{UniquePhone()}}",{{Customer}},{{Store}},"value":{{value}}}""")).Status, Is.EqualTo(200));

    [TestCase("(11) 99999-9999")] // the document's wrong examples
    [TestCase("+55 11 99999-9999")]
    [TestCase("+5511999999999")]
    [TestCase("11999999999")]
    [TestCase("55119999999")]
    [TestCase("55119999999999")]
    [TestCase("5501999999999")]
    [TestCase("5510999999999")]
    [TestCase("4411999999999")]
    [TestCase(" 5511999999999")]
    [TestCase("５５１１９９９９９９９９９")]
    public async Task A_phone_in_another_format_is_refused(string phone)
    {
        var answer = await Ingest.PartnerAsync($$"""{{{Event}},"phone":"{{phone}}",{{Customer}},{{Store}},{{Value}}}""");

        Assert.That((answer.Status, answer.Body),
            Is.EqualTo((400, """{"error":"Validation failed","details":{"phone":"Telefone deve estar no formato 5511999999999"}}""")));
    }

    [TestCase("5511999999999")] // the document's right example
    [TestCase("551133334444")]
    public async Task A_phone_in_the_documented_format_is_good(string phone) =>
        Assert.That((await Ingest.PartnerAsync($$"""{{{Event}},"phone":"{{phone}}",{{Customer}},{{Store}},{{Value}}}""")).Status, Is.EqualTo(200));

    [TestCase("cart.lost")]
    [TestCase("Cart.Abandoned")]
    [TestCase("cart.abandoned ")]
    public async Task An_unknown_event_is_called_so(string type)
    {
        var answer = await Ingest.PartnerAsync($$"""{"event":"{{type}}",{{Phone}},{{Customer}},{{Store}},{{Value}}}""");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((400, """{"error":"Evento desconhecido"}""")));
    }

    [TestCase("structure")]
    [TestCase("cart-abandoned")]
    [TestCase("payment-failed")]
    [TestCase("pix-created")]
    [TestCase("boleto-due")]
    public async Task The_document_s_own_examples_are_queued(string example)
    {
        var body = await File.ReadAllTextAsync(Path.Combine(ServiceProcess.RepositoryRoot, "tests", "payloads", "partner", $"{example}.json"));

        var answer = await Ingest.PartnerAsync(body, key: Unique());

        Assert.That(answer, Is.EqualTo(new Answer(200, $$"""{"status":"queued","id":"{{answer.WebhookId}}"}""", answer.WebhookId, Replay: false, null)));
        Assert.That(Guid.TryParse(answer.WebhookId, out _), Is.True);
    }
}
