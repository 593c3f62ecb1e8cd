using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>requestPayment</c>, <c>sendPayment</c>.</summary>
internal static class Payments
{
    public static ChatPaymentRequest Request(Fields request) => new()
    {
        Value = request.Number("value"),
        CurrencyCode = request.Word("currencyCode"),
        Expiration = request.At("expiration"),
        RequestPhone = request.Person("requestPhone"),
        PaymentInfo = Info(request.Object("paymentInfo")),
    };

    /// <summary><c>paymentInfo</c> of either.</summary>
    public static ChatPayment? Info(Fields info) => !info.Exists ? null : new()
    {
        ReceiverPhone = info.Person("receiverPhone"),
        Value = info.Number("value"),
        CurrencyCode = info.Word("currencyCode"),
        Status = info.Word("status"),
        TransactionStatus = info.Word("transactionStatus"),
    };
}
