using System.Text.Json;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.TemplateRenderer;
using Recado.TemplateRenderer.Requests;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.TemplateRenderer;

/// <summary>Messages as they are rendered from a bundle and published, on both databases.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class RenderMessagesTests(Engine engine)
{
    private const string Bundle =
        """
        {"stores":[{"id":"demo","linkHosts":["checkout.example"],"templates":[
          {"name":"cart","body":"Veja {{links.checkout}} aqui.","otherwise":"plain"},
          {"name":"order","body":"Pedido: {{links.order}} aqui.","otherwise":"plain"},
          {"name":"track","body":"Siga {{links.tracking}} aqui."},
          {"name":"plain","body":"Valor {{value}}."}]}]}
        """;

    private static readonly DateTimeOffset End = Sample.Now.AddDays(30);

    [TestCase(-1, -1)]
    [TestCase(0, 0)]
    [TestCase(5, 0)]
    public async Task A_message_ends_with_its_link_at_the_latest(int hoursAfterLink, int expected)
    {
        var (rendered, changed) = await RenderAsync("cart", End.AddHours(hoursAfterLink));

        Assert.That((rendered?.ExpiresAt, rendered?.Content.Text), Is.EqualTo((End.AddHours(expected), "Veja https://checkout.example/r/1 aqui.")));
        Assert.That((changed.Status, changed.Reason, changed.Detail), Is.EqualTo((MessageStatuses.Rendered, (string?)null, "cart")));
    }

    [Test]
    public async Task The_news_say_why_another_template_had_to_do()
    {
        var (rendered, changed) = await RenderAsync("order", End.AddHours(5));

        Assert.That((rendered?.ExpiresAt, rendered?.Content.Text), Is.EqualTo((End.AddHours(5), "Valor R$ 150,00.")));
        Assert.That((changed.Status, changed.Reason, changed.Detail), Is.EqualTo((MessageStatuses.Rendered, Reasons.LinkNotAllowed, "plain (links.order)")));
    }

    [Test]
    public async Task The_news_say_why_there_is_no_message()
    {
        var (rendered, changed) = await RenderAsync("track", End);

        Assert.That(rendered, Is.Null);
        Assert.That((changed.Status, changed.Reason, changed.Detail), Is.EqualTo((MessageStatuses.Failed, Reasons.LinkNotAllowed, "links.tracking")));
    }

    private async Task<(MessageRendered?, MessageStatusChanged)> RenderAsync(string template, DateTimeOffset expiresAt)
    {
        var bundle = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        await File.WriteAllTextAsync(bundle, Bundle);
        await using var host = await HostInProcess.PrepareAsync(new TemplateRendererService(), await FreshDatabase.CreateAsync(engine),
            time: new ManualTimeProvider(Sample.Now), settings: [("Bootstrap", bundle)]);
        var database = host.Get<RendererDatabase>();
        await database.InTransactionUntilDoneAsync(async transaction =>
        {
            await host.Get<RenderMessages>().HandleAsync([new Received<MessageRequested>(Request(template, expiresAt), default)], transaction, default);
            return true;
        }, (_, _) => { }, default);
        var published = await database.QueryAsync("select wire_name, body from outbox", row => (Name: row.GetString(0), Body: row.GetFieldValue<byte[]>(1)), default);
        byte[]? BodyOf(string name) => published.Where(message => message.Name == name).Select(message => message.Body).SingleOrDefault();
        return (BodyOf("recado.message-rendered") is { } body ? JsonSerializer.Deserialize(body, ContractsJson.Default.MessageRendered) : null,
            JsonSerializer.Deserialize(BodyOf("recado.message-status-changed")!, ContractsJson.Default.MessageStatusChanged)!);
    }

    private static MessageRequested Request(string template, DateTimeOffset expiresAt) => new()
    {
        MessageId = Guid.NewGuid(),
        StoreId = "demo",
        JourneyId = Guid.NewGuid(),
        AutomationId = "cart-recovery",
        Template = template,
        Recipient = "+5511987654321",
        Class = MessageClasses.Reminder,
        RequestedAt = Sample.Now,
        ExpiresAt = expiresAt,
        Event = Sample.Event() with
        {
            Links = new() { Checkout = "https://checkout.example/r/1", CheckoutExpiresAt = End, Order = "https://evil.example/1", Tracking = "https://evil.example/2" },
        },
    };
}
