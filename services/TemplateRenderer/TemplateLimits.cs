using System.Text.RegularExpressions;

namespace Recado.TemplateRenderer;

/// <summary>What WhatsApp takes, in characters. From Meta's template rules, so that a template also passes there.</summary>
internal static partial class TemplateLimits
{
    /// <summary>A body before its values.</summary>
    public const int Body = 1024;

    /// <summary>A whole text message with its values.</summary>
    public const int MessageText = 4096;
    public const int TitleOrFooter = 60;
    public const int ButtonLabel = 25;
    public const int Buttons = 3;

    /// <summary>A bare name with an extension: the gateway wants the extension in its route.</summary>
    public static bool IsFileName(string name) => FileName().IsMatch(name);

    public static bool IsTemplateName(string name) => KebabCase().IsMatch(name);

    [GeneratedRegex(@"^[^/\\]+\.[A-Za-z0-9]{1,5}\z")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex KebabCase();
}
