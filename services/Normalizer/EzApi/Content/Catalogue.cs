using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>product</c>, <c>order</c>, <c>reviewOrder</c>, <c>reviewAndPay</c>. Amounts stay as given: nobody says in which unit.</summary>
internal static class Catalogue
{
    public static ChatProduct Product(Fields product) => new()
    {
        ProductId = product.Word("productId"),
        RetailerId = product.Word("retailerId"),
        Title = product.Line("title"),
        Description = product.Message("description"),
        Price = product.Number("price"),
        CurrencyCode = product.Word("currencyCode"),
        Url = product.Link("url"),
        ImageUrl = product.Link("productImage"),
        ImageCount = product.Count("productImageCount"),
        FirstImageId = product.Word("firstImageId"),
        BusinessOwner = product.Person("businessOwnerJid"),
    };

    public static ChatOrder Order(Fields order) => new()
    {
        OrderId = order.Word("orderId"),
        Title = order.Line("orderTitle"),
        Message = order.Message("message"),
        ItemCount = order.Count("itemCount"),
        Total = order.Number("total"),
        SubTotal = order.Number("subTotal"),
        Currency = order.Word("currency"),
        Seller = order.Person("sellerJid"),
        ThumbnailUrl = order.Link("thumbnailUrl"),
        Token = order.Word("token"),
        Products = [.. order.List("products").Select(Item)],
    };

    public static ChatOrderReview Review(Fields review) => new()
    {
        Type = review.Word("type"),
        ReferenceId = review.Word("referenceId"),
        OrderRequestId = review.Word("orderRequestId"),
        OrderStatus = review.Word("orderStatus"),
        PaymentStatus = review.Word("paymentStatus"),
        Currency = review.Word("currency"),
        Total = review.Number("total"),
        SubTotal = review.Number("subTotal"),
        Discount = review.Number("discount"),
        Shipping = review.Number("shipping"),
        Tax = review.Number("tax"),
        Products = [.. review.List("products").Select(Item)],
    };

    private static ChatOrderItem Item(Fields item) => new()
    {
        ProductId = item.Word("productId"),
        RetailerId = item.Word("retailerId"),
        Name = item.Line("name"),
        Quantity = item.Count("quantity"),
        Price = item.Number("price") ?? item.Number("value"),
        CurrencyCode = item.Word("currencyCode"),
        IsCustomItem = item.IsTrue("isCustomItem"),
    };
}
