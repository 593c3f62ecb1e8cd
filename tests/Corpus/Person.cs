using System.Globalization;

namespace Recado.Tests.Corpus;

/// <summary>Whom one case is about. No two cases share a person, so that a message tells which case it comes from.</summary>
/// <param name="Number">From 0 to 9,999,999; 0 is nobody's, for what is only compared.</param>
internal sealed record Person(int Number)
{
    public const string Name = "Canário Silva";
    public const string Shop = "Loja do Canário";
    public const string Domain = "canario.example";

    public static readonly Person Nobody = new(0);

    private string Digits => Number.ToString("0000000", CultureInfo.InvariantCulture);

    /// <summary>A Brazilian mobile, as WhatsApp writes it.</summary>
    public string Phone => $"5595{NationalMobile}";

    /// <summary>Nine digits.</summary>
    public string NationalMobile => $"97{Digits}";

    public string Email => $"p{Digits}@{Domain}";

    /// <summary>Of the cart, the order, the payment, the event; always as long.</summary>
    public string Id => $"canario{Digits}";

    public string Link => $"https://loja.{Domain}/r/{Id}";
}
