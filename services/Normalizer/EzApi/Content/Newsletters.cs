using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.EzApi.Content;

/// <summary><c>newsletterAdminInvite</c>.</summary>
internal static class Newsletters
{
    public static ChatChannelInvite Invite(Fields invite) => new()
    {
        NewsletterId = invite.Word("newsletterId"),
        NewsletterName = invite.Line("newsletterName"),
        Text = invite.Message("text"),
        InviteExpiration = invite.At("inviteExpiration"),
    };
}
