namespace Recado.TemplateRenderer.Values;

/// <summary>Ways to pay in the customer's language.</summary>
internal static class PaymentMethod
{
    /// <summary>A method that is not known keeps the source's own word.</summary>
    public static string? InPortuguese(string? method) => method switch
    {
        "pix" => "PIX",
        "credit_card" => "cartão de crédito",
        "debit_card" => "cartão de débito",
        "boleto" => "boleto",
        _ => method,
    };
}
