namespace Recado.Tests.EndToEnd;

/// <summary>An example of a source document, and the messages that have to come of it, in order.</summary>
public sealed record DocumentedExample(string Name, Webhook Webhook, string Phone, params string[] Texts)
{
    private const string AnyQuestion = "Qualquer dúvida, é só responder esta mensagem.";

    public override string ToString() => Name;

    public static IEnumerable<DocumentedExample> All() => [.. Partner(), .. Carts(), .. Wiapy(), .. Events()];

    private static IEnumerable<DocumentedExample> Partner()
    {
        const string phone = "5511999999999";
        yield return new("partner cart.abandoned", Webhook.Partner(Webhook.Payload("partner/cart-abandoned.json")), phone,
            "Oi, João Silva! Tudo bem?\n\nSua compra de R$ 299,90 em Nike Store ficou no carrinho, do jeitinho que você deixou. Para continuar, é só acessar:\nhttps://checkout.exemplo.com/123\n\nSe ficou alguma dúvida, responda esta mensagem.");
        yield return new("partner structure", Webhook.Partner(Webhook.Payload("partner/structure.json")), phone,
            "Oi, João Silva! Tudo bem?\n\nSua compra de R$ 199,90 em Minha Loja ficou no carrinho, do jeitinho que você deixou. Para continuar, é só acessar:\nhttps://exemplo.com/checkout/123\n\nSe ficou alguma dúvida, responda esta mensagem.");
        yield return new("partner payment.failed", Webhook.Partner(Webhook.Payload("partner/payment-failed.json")), phone,
            "Oi, Maria Santos. O pagamento da sua compra em Netflix, no valor de R$ 59,90, não foi aprovado.\n\nVocê pode tentar de novo, com o mesmo ou com outro meio de pagamento:\nhttps://checkout.exemplo.com/retry/123\n\nPrecisando de ajuda, responda esta mensagem.");
        yield return new("partner pix.created", Webhook.Partner(Webhook.Payload("partner/pix-created.json")), phone,
            // The document's own code has a wrong length and a wrong checksum: nobody could pay by it.
            $"Oi, Pedro Costa! O PIX de R$ 199,90 da sua compra em Nike Store está pronto.\n\nPara ver o código e pagar, acesse:\nhttps://checkout.exemplo.com/pix/123\n\n{AnyQuestion}");
        yield return new("partner boleto.due", Webhook.Partner(Webhook.Payload("partner/boleto-due.json")), phone,
            "Oi, Ana Oliveira! Passando para lembrar que o boleto da sua compra em Minha Loja, no valor de R$ 150,00, vence hoje.\n\nPara abrir o boleto, acesse:\nhttps://checkout.exemplo.com/boleto/123\n\nSe já pagou, pode desconsiderar este aviso.");
    }

    private static IEnumerable<DocumentedExample> Carts()
    {
        const string link = "https://checkout.seudominio.com/r/CART_ABC123XYZ";
        yield return new("abandoned cart", Webhook.Cart(Webhook.Payload("abandoned-cart/cart.json")), "5511987654321",
            $"Oi, João! Você deixou no carrinho: Notebook Dell Inspiron e mais 1 item.\n\nGuardamos tudo para você em Loja Demo. Para continuar de onde parou, é só acessar:\n{link}\n\n{AnyQuestion}",
            $"Oi, João, seu carrinho em Loja Demo continua esperando por você.\n\nNele: Notebook Dell Inspiron e mais 1 item. Total: R$ 150,00. Para finalizar, acesse:\n{link}\n\nFicou com alguma dúvida sobre o produto ou o pagamento? Responda esta mensagem.",
            $"Oi, João, este é o nosso último lembrete. Seu carrinho em Loja Demo ainda guarda: Notebook Dell Inspiron e mais 1 item.\n\nSe ainda quiser, é só concluir a compra:\n{link}\n\nSe mudou de ideia, tudo bem. Quando quiser voltar, estaremos por aqui. 😊");
        yield return new("sale pending", Webhook.Cart(Webhook.Payload("abandoned-cart/sale-pending-pix.json")), "5521987651234",
            "Oi, Beatriz! O PIX de R$ 259,90 da sua compra em Loja Demo foi gerado e aguarda o pagamento.\n\nSe não encontrar o código, responda esta mensagem que a gente ajuda.",
            "Oi, Beatriz, o PIX de R$ 259,90 da sua compra em Loja Demo ainda está em aberto.\n\nSe precisar de um novo código, responda esta mensagem. Se já pagou, pode desconsiderar este aviso.");
    }

    private static IEnumerable<DocumentedExample> Wiapy()
    {
        yield return new("wiapy unpaid pix", Webhook.Wiapy(Webhook.Payload("wiapy/unpaid-pix.json")), "5584999112233",
            $"Oi, Ana! O PIX de R$ 47,00 da sua compra em Loja Demo está pronto.\n\nToque no botão para copiar o código e pague no aplicativo do seu banco, na opção PIX Copia e Cola. Se preferir, acesse:\nhttps://pay.example/p/1\n\n{AnyQuestion}",
            "Oi, Ana, o PIX de R$ 47,00 da sua compra em Loja Demo ainda está em aberto.\n\nToque no botão para copiar o código e pague no aplicativo do seu banco, na opção PIX Copia e Cola.\n\nSe já pagou, pode desconsiderar este aviso.");
        yield return new("wiapy unpaid boleto", Webhook.Wiapy(Webhook.Payload("wiapy/unpaid-boleto.json")), "5511988880001",
            $"Oi, Bruno! O boleto de R$ 47,00 da sua compra em Loja Demo está pronto.\n\nVencimento: 05/05/2025.\n\nToque no botão para copiar o código de barras ou abra o boleto:\nhttps://pay.example/b/2.pdf\n\n{AnyQuestion}");
        yield return new("wiapy unpaid card", Webhook.Wiapy(Webhook.Payload("wiapy/unpaid-credit-card.json")), "5521977770002",
            "Oi, Carla! O pagamento de R$ 47,00 da sua compra em Loja Demo está em processamento.\n\nAssim que for confirmado, avisamos por aqui. Por enquanto, você não precisa fazer nada.");
        yield return new("wiapy declined", Webhook.Wiapy(Webhook.Payload("wiapy/credit-card-declined.json")), "5555999112233",
            "Oi, Diego. O pagamento da sua compra em Loja Demo, no valor de R$ 47,00, não foi aprovado.\n\nVocê pode tentar de novo, com o mesmo ou com outro meio de pagamento. Precisando de ajuda, responda esta mensagem.");
        yield return new("wiapy paid, under data", Webhook.Wiapy(Webhook.Payload("wiapy/paid-pix-in-data.json")), "553132220004",
            $"Oi, Eva! Seu pagamento de R$ 47,00 em Loja Demo foi aprovado. 🎉\n\nSua compra: Curso.\n\nAgradecemos a confiança! {AnyQuestion}");
        yield return new("wiapy refunded", Webhook.Wiapy(Webhook.Payload("wiapy/refunded.json")), "5571944440007",
            $"Oi, Helena. O reembolso de R$ 47,00 da sua compra em Loja Demo foi realizado.\n\nO prazo para o valor aparecer depende do meio de pagamento e do seu banco. {AnyQuestion}");
        yield return new("wiapy chargedback", Webhook.Wiapy(Webhook.Payload("wiapy/chargedback.json")), "5581933330008",
            "Oi, Igor. Fomos informados de que o pagamento de R$ 47,00 da sua compra em Loja Demo foi contestado.\n\nSe a contestação não partiu de você, ou se houve algum problema com a compra, responda esta mensagem para que possamos ajudar.");
    }

    private static IEnumerable<DocumentedExample> Events()
    {
        yield return new("events order.created", Webhook.Event(Webhook.Payload("events/order-created.json")), "5511988880000",
            $"Oi, Cliente! Recebemos o seu pedido 1001 em Loja Demo.\n\nItens: conforme o seu pedido.\n\nAvisaremos por aqui a cada novidade. {AnyQuestion}");
        yield return new("events shipment.updated", Webhook.Event(Webhook.Payload("events/shipment-updated.json")), "5581987650001",
            $"Oi, Cliente! Sua entrega de Loja Demo tem novidade: Saiu para entrega.\n\nCódigo de rastreio: AA123456785BR\nAcompanhe por aqui:\nhttps://rastreio.example/AA123456785BR\n\n{AnyQuestion}");
        yield return new("events customer.registered", Webhook.Event(Webhook.Payload("events/customer-registered.json")), "351912345678",
            "Oi, Miguel! Que bom ter você em Loja Demo. 😊\n\nSeu cadastro foi concluído. Se precisar de ajuda para escolher ou comprar, é só responder esta mensagem.");
        yield return new("events order.cancelled", Webhook.Event(Webhook.Payload("events/order-cancelled.json")), "5511988880000",
            "Oi, Cliente. Seu pedido 1001 em Loja Demo foi cancelado.\n\nSe isso não era o esperado, responda esta mensagem que a gente ajuda.");
    }
}
