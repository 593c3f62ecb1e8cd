using Recado.Contracts;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.EzApi;

/// <summary>The shop's phone came or went.</summary>
internal static class Connection
{
    private const int ErrorLength = 200;

    public static Normalized Normalize(Callback callback, bool connected) => Normalized.Of(new InstanceStatusChanged
    {
        ChangeId = callback.Webhook.WebhookId,
        StoreId = callback.Webhook.StoreId,
        InstanceId = callback.InstanceId,
        Connected = connected,
        Error = connected ? null : PlainText.Line(callback.Body.Raw("error"), ErrorLength),
        OccurredAt = callback.OccurredAt,
    });
}
