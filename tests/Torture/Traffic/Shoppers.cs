using System.Globalization;

namespace Recado.Tests.Torture.Traffic;

/// <summary>Makes people up, each with a phone of their own and one of the lives that go wrong in practice. The seed decides who comes.</summary>
public sealed class Shoppers(int seed, TimeProvider time)
{
    private static readonly TimeSpan Flapping = TimeSpan.FromSeconds(4);
    private readonly Random random = new(seed);
    private int count;

    /// <summary>The next customer with a life worth watching.</summary>
    public Shopper Next()
    {
        var store = Store.All[random.Next(Store.All.Count)];
        var (phone, name) = NewPerson(store);
        return random.Next(100) switch
        {
            < 20 => Orders(store, phone, name, random.Next(1, 3)),
            < 35 => Failed(store, phone, Payloads.Wiapy(store, phone, name, "credit_card_declined", name, time.GetUtcNow())),
            < 50 => Failed(store, phone, Payloads.PartnerFailed(store, phone, name)),
            < 60 => CartLeft(store, phone, name),
            < 75 => CartPaid(store, phone, name),
            < 82 => PaidBeforeTheCart(store, phone, name),
            < 88 => Pix(store, phone, name, paid: false),
            < 94 => Pix(store, phone, name, paid: true),
            < 97 => PixAndReply(store, phone, name),
            _ => Poison(store, phone, name),
        };
    }

    /// <summary>Doubled facts of the sources that tell a repeat by content, for runs that look for nothing else.</summary>
    public Shopper NextDoubled()
    {
        var store = Store.All[random.Next(Store.All.Count)];
        var (phone, name) = NewPerson(store);
        var fact = Payloads.PartnerFailed(store, phone, name);
        return new(store, phone, [new(TimeSpan.Zero, fact, Telling.TwiceAtOnce)], [new(Bundle.FailedText, fact, Must: true)]);
    }

    /// <summary>People whose registration starts nothing: many events, no message.</summary>
    public IReadOnlyList<Fact> Crowd(int size)
    {
        var store = Store.All[random.Next(Store.All.Count)];
        return [.. Enumerable.Range(0, size).Select(_ => NewPerson(store)).Select(person => Payloads.Registered(store, person.Phone, person.Name))];
    }

    /// <summary>A shop's phone loses WhatsApp for some seconds; messages wait for it, and can be called back meanwhile.</summary>
    public IReadOnlyList<Step> Flap()
    {
        var store = Store.All[random.Next(Store.All.Count)];
        var (_, name) = NewPerson(store);
        var now = time.GetUtcNow();
        return [new(TimeSpan.Zero, Payloads.Connection(store, $"{name}-off", false, now)), new(Flapping, Payloads.Connection(store, $"{name}-on", true, now + Flapping))];
    }

    private Shopper Orders(Store store, string phone, string name, int orders)
    {
        var facts = Enumerable.Range(1, orders).Select(nth => Payloads.Order(store, phone, $"{name}-{nth}")).ToList();
        return new(store, phone, [.. facts.Select(fact => new Step(TimeSpan.Zero, fact, SomeTelling()))],
            [.. facts.Select(fact => new Expected(Bundle.OrderText + fact.Name, fact, Must: true))]);
    }

    private Shopper Failed(Store store, string phone, Fact fact) =>
        new(store, phone, [new(TimeSpan.Zero, fact, SomeTelling())], [new(Bundle.FailedText, fact, Must: true)]);

    private Shopper CartLeft(Store store, string phone, string name)
    {
        var cart = Payloads.Cart(store, phone, name, time.GetUtcNow());
        return new(store, phone, [new(TimeSpan.Zero, cart, SomeTelling())], Reminders(cart, must: true));
    }

    /// <summary>Half pay in the very moment of the first reminder, so that messages are called back on their way.</summary>
    private Shopper CartPaid(Store store, string phone, string name)
    {
        var cart = Payloads.Cart(store, phone, name, time.GetUtcNow());
        var after = random.Next(2) == 0 ? Bundle.FirstReminder + TimeSpan.FromMilliseconds(random.Next(-100, 150)) : TimeSpan.FromMilliseconds(random.Next(18_000));
        var sale = Payloads.Sale(store, phone, $"{name}-sale", time.GetUtcNow() + after);
        return new(store, phone, [new(TimeSpan.Zero, cart, SomeTelling()), new(after, sale, SomeTelling())], Reminders(cart, must: false));
    }

    private Shopper PaidBeforeTheCart(Store store, string phone, string name)
    {
        var sale = Payloads.Sale(store, phone, $"{name}-sale", time.GetUtcNow());
        var cart = Payloads.Cart(store, phone, name, time.GetUtcNow());
        return new(store, phone, [new(TimeSpan.Zero, sale), new(TimeSpan.FromMilliseconds(random.Next(1500)), cart, SomeTelling())], Reminders(cart, must: false));
    }

    private Shopper Pix(Store store, string phone, string name, bool paid)
    {
        var now = time.GetUtcNow();
        var pix = Payloads.Wiapy(store, phone, name, "unpaid", name, now);
        var steps = new List<Step> { new(TimeSpan.Zero, pix, SomeTelling()) };
        if (paid)
        {
            var after = TimeSpan.FromMilliseconds(random.Next(5_000, 9_000));
            steps.Add(new(after, Payloads.Wiapy(store, phone, $"{name}-paid", "paid", name, now + after), SomeTelling()));
        }
        return new(store, phone, steps, [new(Bundle.PixReminderText, pix, Must: !paid, Bundle.PixReminder)]);
    }

    private Shopper PixAndReply(Store store, string phone, string name)
    {
        var pix = Payloads.Wiapy(store, phone, name, "unpaid", name, time.GetUtcNow());
        return new(store, phone, [new(TimeSpan.Zero, pix), new(TimeSpan.FromSeconds(1 + random.Next(4)), Payloads.Reply(store, phone, $"{name}-reply", time.GetUtcNow()))],
            [new(Bundle.PixReminderText, pix, Must: false, Bundle.PixReminder)]);
    }

    private Shopper Poison(Store store, string phone, string name)
    {
        var fact = Payloads.Wiapy(store, phone, name, "mystery", name, time.GetUtcNow(), poison: true);
        return new(store, phone, [new(TimeSpan.Zero, fact, SomeTelling())], [new(Bundle.FailedText, fact, Must: false)]);
    }

    private static Expected[] Reminders(Fact cart, bool must) =>
        [new(Bundle.FirstReminderText, cart, must, Bundle.FirstReminder), new(Bundle.SecondReminderText, cart, must, Bundle.SecondReminder)];

    private Telling SomeTelling() => random.Next(10) switch
    {
        0 => Telling.TwiceAtOnce,
        1 => Telling.AgainLater,
        _ => Telling.Once,
    };

    private (string Phone, string Name) NewPerson(Store store)
    {
        var number = (++count).ToString("00000000", CultureInfo.InvariantCulture);
        return ($"55{store.Area}9{number}", $"t{store.Area}-{number}");
    }
}
