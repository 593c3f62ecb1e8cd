namespace Recado.Tests.Corpus;

/// <summary>ezapi-webhooks.txt: callbacks report; none of them causes a message.</summary>
internal sealed class EzApiEndpoint : Endpoint
{
    public override string Name => "POST /webhooks/ezapi/{token}";
    public override string Token => CorpusBundle.EzApi;
    public override string? Scheme => null;
    public override int Limit => 512 * 1024;
    public override bool Sends => false;
    public override IReadOnlyList<string> TextFields => ["senderName", "text.message"];
    public override string PhoneField => "phone";
    public override string WordField => "type";
    public override IReadOnlyList<string> LinkFields => ["text.message"];

    protected override IReadOnlyList<Documented> OwnAnswers => [Answers.Success, .. Answers.Refusals];

    protected override string TargetFor(string token) => $"/webhooks/ezapi/{token}";

    public override string Valid(Person person) =>
        $$$"""
        {"type":"ReceivedCallback","instanceId":"{{{CorpusBundle.Instance}}}","messageId":"{{{person.Id}}}","phone":"{{{person.Phone}}}","fromMe":false,"momment":1736200000000,
        "status":"RECEIVED","chatName":"{{{Person.Name}}}","senderName":"{{{Person.Name}}}","senderPhoto":null,"isGroup":false,"isNewsletter":false,"broadcast":false,"forwarded":false,
        "connectedPhone":"5595900000000","waitingMessage":false,"isEdit":false,"referenceMessageId":null,"chatLid":"{{{person.NationalMobile}}}00001@lid",
        "text":{"message":"Quero falar com o {{{Person.Name}}}.","externalAdReply":{"title":"Anuncio","sourceId":"1","ctwaClid":"x"}}
        }
        """;

    public override bool IsFatal(string path, string raw) => true;
}
