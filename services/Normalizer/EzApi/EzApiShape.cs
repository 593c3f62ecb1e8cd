using Recado.Normalizer.Shapes;

namespace Recado.Normalizer.EzApi;

/// <summary>What is known of the gateway's callbacks: every field of every example of ezapi-webhooks.txt, by the callback's type.</summary>
internal static class EzApiShape
{
    private const string Image = "imageUrl thumbnailUrl caption mimeType viewOnce width height";
    private const string Video = "videoUrl thumbnailUrl caption mimeType viewOnce width height seconds";
    private const string Document = "documentUrl thumbnailUrl caption mimeType fileName title pageCount fileLength";
    private const string Location = "longitude latitude name address url thumbnailUrl";
    private const string Referenced = "messageId fromMe phone participant";
    private const string Payment = "receiverPhone value currencyCode status transactionStatus";
    private const string Review = "type currency referenceId orderRequestId orderStatus paymentStatus total subTotal discount shipping tax";

    // "momment", "descritpion" and the "mimetype" of statusImage are the document's own spellings.
    private static readonly Shape Received = Shape.Of(
        $"""
        $: type instanceId messageId phone connectedPhone fromMe momment status chatName senderName senderPhoto photo senderLid chatLid
        $: isGroup isNewsletter broadcast forwarded viewOnce waitingMessage referenceMessageId participantPhone participantLid
        $: notification profileName updatedPhoto callId requestMethod code expiresAt
        notificationParameters[]: phone label assigned
        externalAdReply: title body sourceType sourceId ctwaClid sourceUrl mediaType thumbnailUrl containsAutoReply renderLargerThumbnail showAdAttribution
        text: message description descritpion title url thumbnailUrl
        image: {Image}
        audio: audioUrl mimeType ptt seconds viewOnce
        video: {Video}
        document: {Document}
        sticker: stickerUrl mimeType
        statusImage: imageUrl thumbnailUrl caption mimetype viewOnce width height
        contact: displayName vCard phones[]
        location: {Location}
        buttonsResponseMessage: buttonId message
        listResponseMessage: message title selectedRowId
        hydratedTemplate: message footer title templateId
        hydratedTemplate.header.image: {Image}
        hydratedTemplate.header.video: {Video}
        hydratedTemplate.header.document: {Document}
        hydratedTemplate.header.location: {Location}
        hydratedTemplate.hydratedButtons[]: index
        hydratedTemplate.hydratedButtons[].quickReplyButton: displayText id
        hydratedTemplate.hydratedButtons[].urlButton: displayText url
        hydratedTemplate.hydratedButtons[].callButton: displayText phoneNumber
        buttonsMessage: imageUrl videoUrl message
        buttonsMessage.buttons[]: buttonId type
        buttonsMessage.buttons[].buttonText: displayText
        carouselMessage: text
        carouselMessage.cards[]: title message footer
        carouselMessage.cards[].header.image: {Image}
        carouselMessage.cards[].hydratedButtons[]: index
        carouselMessage.cards[].hydratedButtons[].quickReplyButton: displayText id
        carouselMessage.cards[].hydratedButtons[].urlButton: displayText url
        carouselMessage.cards[].hydratedButtons[].callButton: displayText phoneNumber
        reaction: reactionBy value time
        reaction.referencedMessage: {Referenced}
        poll: question pollMaxOptions options[]
        pollVote: pollMessageId options[]
        product: productImage businessOwnerJid currencyCode productId description productImageCount price url retailerId firstImageId title
        order: itemCount orderId message orderTitle sellerJid thumbnailUrl token currency total subTotal
        order.products[]: name quantity price currencyCode productId retailerId
        requestPayment: value currencyCode expiration requestPhone
        requestPayment.paymentInfo: {Payment}
        sendPayment.paymentInfo: {Payment}
        reviewOrder: {Review}
        reviewOrder.products[]: name quantity isCustomItem productId value
        reviewAndPay: {Review}
        reviewAndPay.products[]: name quantity isCustomItem productId value
        newsletterAdminInvite: newsletterId newsletterName text inviteExpiration
        pinMessage: action pinDurationInSecs
        pinMessage.referencedMessage: {Referenced}
        event: name description canceled joinLink scheduleTime
        event.location: {Location}
        eventResponse: response responseFrom time
        eventResponse.referencedMessage: {Referenced}
        """,
        "ReceivedCallback",
        unknownObject: DriftKinds.Block,
        values:
        [
            new(DriftKinds.Notification, "notification", "CALL_MISSED_VOICE", "CALL_MISSED_VIDEO", "MEMBERSHIP_APPROVAL_REQUEST", "REVOKED_MEMBERSHIP_REQUESTS",
                "NEWSLETTER_ADMIN_PROMOTE", "NEWSLETTER_ADMIN_DEMOTE", "PROFILE_NAME_UPDATED", "PROFILE_PICTURE_UPDATED", "CHAT_LABEL_ASSOCIATION"),
        ]);

    /// <summary>Each type of callback has a shape of its own.</summary>
    public static readonly Shape Known = Shape.ByType(
        Received,
        Shape.Of("$: type instanceId phone messageId id error statusCode", "DeliveryCallback",
            values: [new(DriftKinds.Status, "status", "ERROR", "SENT")]),
        // The document shows no failure here; its error and code are read as those of a delivery.
        Shape.Of("$: type instanceId phone momment phoneDevice isGroup ids[] error statusCode", "MessageStatusCallback",
            values: [new(DriftKinds.Status, "status", "SENT", "RECEIVED", "READ", "READ_BY_ME", "PLAYED", "ERROR")]),
        Shape.Of("$: type instanceId phone momment connected", "ConnectedCallback"),
        Shape.Of("$: type instanceId momment error disconnected", "DisconnectedCallback"),
        Shape.Of("$: type instanceId phone status lastSeen", "PresenceChatCallback"));
}
