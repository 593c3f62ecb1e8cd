using System.Text;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Ingest;

/// <summary>The connection dies when the commit is on its way: nobody can know from the socket whether it was done.</summary>
public sealed class CommitCutTests
{
    private const string Body = """{"payment":{"id":"p","status":"paid"}}""";

    [Test]
    public async Task Without_an_answer_to_the_commit_the_sender_hears_503_and_its_repeat_gets_the_id_of_the_one_row()
    {
        await using var server = await Servers.NewPostgresAsync();
        await server.StartAsync();
        await using var proxy = new FaultProxy(server.Port);
        await using var ingest = await RunningIngest.StartAsync(server.ConnectionString("postgres", proxy.Port));
        proxy.Trouble = new() { CutAnswer = [.. Encoding.ASCII.GetBytes("COMMIT"), 0] };

        var unheard = await ingest.WiapyAsync(Body);
        Assert.That(proxy.Cuts, Is.Positive, "a commit was cut");
        proxy.Trouble = Trouble.None;
        Answer? repeat = null;
        await Until.TrueAsync(async () => (repeat = await ingest.WiapyAsync(Body)).Status == 200, TimeSpan.FromSeconds(60), "webhooks are taken again");

        Assert.That(unheard.Status, Is.EqualTo(503));
        Assert.That(repeat!.Replay, Is.True, "the cut commit was done");
        Assert.That((await ingest.StoredAsync()).Select(stored => stored.Id.ToString()), Is.EqualTo(new[] { repeat.WebhookId }));
    }
}
