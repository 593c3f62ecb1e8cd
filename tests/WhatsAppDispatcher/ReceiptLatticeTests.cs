using Recado.Contracts;
using Recado.WhatsAppDispatcher.Receipts;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>Receipts come late, twice and in any order; the end is the same.</summary>
public sealed class ReceiptLatticeTests
{
    private static readonly string[] Receipts = [ReceiptStatuses.Sent, ReceiptStatuses.Delivered, ReceiptStatuses.Read, ReceiptStatuses.Failed];
    private static readonly string[] Starts = [MessageStatuses.Sent, MessageStatuses.Uncertain];

    [TestCase(MessageStatuses.Sent, ReceiptStatuses.Sent, MessageStatuses.Sent)]
    [TestCase(MessageStatuses.Sent, ReceiptStatuses.Delivered, MessageStatuses.Delivered)]
    [TestCase(MessageStatuses.Sent, ReceiptStatuses.Read, MessageStatuses.Read)]
    [TestCase(MessageStatuses.Sent, ReceiptStatuses.Failed, MessageStatuses.Failed)]
    [TestCase(MessageStatuses.Uncertain, ReceiptStatuses.Sent, MessageStatuses.Sent)]
    [TestCase(MessageStatuses.Uncertain, ReceiptStatuses.Failed, MessageStatuses.Failed)]
    [TestCase(MessageStatuses.Delivered, ReceiptStatuses.Sent, MessageStatuses.Delivered)]
    [TestCase(MessageStatuses.Delivered, ReceiptStatuses.Failed, MessageStatuses.Delivered)]
    [TestCase(MessageStatuses.Read, ReceiptStatuses.Delivered, MessageStatuses.Read)]
    [TestCase(MessageStatuses.Read, ReceiptStatuses.Failed, MessageStatuses.Read)]
    [TestCase(MessageStatuses.Failed, ReceiptStatuses.Sent, MessageStatuses.Failed)]
    [TestCase(MessageStatuses.Failed, ReceiptStatuses.Delivered, MessageStatuses.Delivered)]
    public void A_status_only_moves_forward(string status, string receipt, string expected) =>
        Assert.That(ReceiptLattice.Join(status, receipt), Is.EqualTo(expected));

    [Test]
    public void Up_to_five_receipts_end_alike_in_every_order([ValueSource(nameof(Starts))] string start)
    {
        var checkedOrders = 0;
        for (var length = 1; length <= 5; length++)
            foreach (var several in Tuples(length).GroupBy(receipts => string.Join(',', receipts.Order(StringComparer.Ordinal))))
            {
                var ends = several.Select(receipts => receipts.Aggregate(start, ReceiptLattice.Join)).ToList();
                Assert.That(ends.Distinct().Count(), Is.EqualTo(1), several.Key);
                checkedOrders += ends.Count;
            }
        Assert.That(checkedOrders, Is.EqualTo(4 + 16 + 64 + 256 + 1024));
    }

    [Test]
    public void A_receipt_told_twice_changes_nothing_the_second_time()
    {
        foreach (var receipts in Tuples(3))
        {
            var once = receipts.Aggregate(MessageStatuses.Sent, ReceiptLattice.Join);
            Assert.That(receipts.Aggregate(once, ReceiptLattice.Join), Is.EqualTo(once), string.Join(',', receipts));
        }
    }

    [Test]
    public void No_receipt_ever_leads_back_to_an_earlier_status()
    {
        foreach (var receipts in Tuples(5))
        {
            var path = new List<string> { MessageStatuses.Sent };
            foreach (var receipt in receipts)
                if (ReceiptLattice.Join(path[^1], receipt) is var next && next != path[^1])
                    path.Add(next);
            Assert.That(path, Is.Unique, string.Join(',', receipts));
        }
    }

    private static IEnumerable<string[]> Tuples(int length) =>
        length == 0 ? [[]] : Tuples(length - 1).SelectMany(shorter => Receipts.Select(receipt => (string[])[.. shorter, receipt]));
}
