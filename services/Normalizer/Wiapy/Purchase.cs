using Recado.Contracts;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.Wiapy;

/// <summary>What was bought, where, and whether it is bought again each month.</summary>
internal static class Purchase
{
    /// <summary>Filled for subscriptions; <c>{}</c>, null or absent otherwise.</summary>
    public static Subscription? SubscriptionOf(Fields subscription)
    {
        var told = new Subscription
        {
            Id = subscription.Text("id"),
            Status = PlainText.Line(subscription.Raw("status"), PlainText.NameLength),
            Active = subscription.Flag("active"),
            StartedAt = subscription.Time("dt_start"),
            EndsAt = subscription.Time("dt_end"),
            NextBillingAt = subscription.Time("next_billing"),
        };
        return told == new Subscription() ? null : told;
    }

    public static Checkout? CheckoutOf(Fields checkout)
    {
        if (!checkout.Exists)
            return null;
        List<Item> bumps = [.. checkout.List("orderbump").Select(BumpOf)];
        var told = new Checkout
        {
            Id = checkout.Text("id"),
            Title = PlainText.Line(checkout.Raw("title"), PlainText.TitleLength),
            Amount = checkout.Price("amount"),
            OrderBumps = bumps.Count > 0 ? bumps : null,
        };
        return told == new Checkout() ? null : told;
    }

    /// <summary>A product that was released, bought order bumps among them; its files are called <c>itens</c>.</summary>
    public static Item ItemOf(Fields product)
    {
        List<ItemFile> files =
        [
            .. product.List("itens")
                .Select(file => new ItemFile { Title = PlainText.Line(file.Raw("title"), PlainText.TitleLength), Url = SecureLink.Clean(file.Raw("url")) })
                .Where(file => file != new ItemFile()),
        ];
        return new()
        {
            Id = product.Text("id"),
            Name = PlainText.Line(product.Raw("title"), PlainText.TitleLength),
            Type = PlainText.Line(product.Raw("type"), PlainText.NameLength),
            Files = files.Count > 0 ? files : null,
        };
    }

    private static Item BumpOf(Fields bump) => new()
    {
        Id = bump.Text("id"),
        Name = PlainText.Line(bump.Raw("title"), PlainText.TitleLength),
        UnitPrice = bump.Price("amount"),
    };
}
