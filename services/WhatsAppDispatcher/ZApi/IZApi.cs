namespace Recado.WhatsAppDispatcher.ZApi;

/// <summary>
/// The send routes of the EZ API / Z-API dialect, declared in the shape of a Refit interface: one method per route, body
/// first. Refit itself can take over the implementation the day it is to be had.
/// </summary>
public interface IZApi
{
    /// <summary><c>POST …/send-text</c></summary>
    Task<HttpResponseMessage> SendTextAsync(SendText body, CancellationToken cancellation);

    /// <summary><c>POST …/send-image</c></summary>
    Task<HttpResponseMessage> SendImageAsync(SendImage body, CancellationToken cancellation);

    /// <summary><c>POST …/send-document/{extension}</c></summary>
    Task<HttpResponseMessage> SendDocumentAsync(string extension, SendDocument body, CancellationToken cancellation);

    /// <summary><c>POST …/send-link</c></summary>
    Task<HttpResponseMessage> SendLinkAsync(SendLink body, CancellationToken cancellation);

    /// <summary><c>POST …/send-button-actions</c></summary>
    Task<HttpResponseMessage> SendButtonActionsAsync(SendButtonActions body, CancellationToken cancellation);

    /// <summary><c>POST …/send-button-otp</c></summary>
    Task<HttpResponseMessage> SendButtonOtpAsync(SendButtonOtp body, CancellationToken cancellation);
}

/// <summary>A text. Phones are digits only in this dialect.</summary>
public sealed record SendText(string Phone, string Message);

/// <summary>An image by URL, with a caption.</summary>
public sealed record SendImage(string Phone, string Image, string? Caption);

/// <summary>A document by URL, with name and caption.</summary>
public sealed record SendDocument(string Phone, string Document, string? FileName, string? Caption);

/// <summary>A text that ends with a link, and the card under it.</summary>
public sealed record SendLink(string Phone, string Message, string? Image, string LinkUrl, string Title, string? LinkDescription);

/// <summary>A text with buttons.</summary>
public sealed record SendButtonActions(string Phone, string Message, string? Title, string? Footer, IReadOnlyList<ButtonAction> ButtonActions);

/// <summary>A button: CALL with phone, URL with url, or REPLY.</summary>
public sealed record ButtonAction(string? Id, string Type, string? Phone, string? Url, string Label);

/// <summary>A text with a button that copies a code.</summary>
public sealed record SendButtonOtp(string Phone, string Message, string Code, string? ButtonText);
