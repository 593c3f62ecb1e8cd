using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Recado.Platform.Hosting;

namespace Recado.Platform.Bootstrap;

/// <summary>
/// Stores, credentials, automations, templates and gateways as one JSON file (setting <c>Bootstrap</c>). Each service
/// reads its own part. <c>${Name}</c> and <c>${Name:default}</c> in a string are replaced from the settings, so that
/// secrets can stay in the environment.
/// </summary>
public sealed partial class BootstrapBundle(IConfiguration configuration)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private sealed record Bundle<T>(IReadOnlyList<T> Stores);

    /// <summary>The stores, as much of each as <typeparamref name="T"/> names; none when no bundle is set.</summary>
    public IReadOnlyList<T> Stores<T>()
    {
        if (configuration["Bootstrap"] is not { Length: > 0 } path)
            return [];
        var file = File.Exists(path) ? path : Path.Combine(AppContext.BaseDirectory, path);
        try
        {
            var bundle = JsonSerializer.Deserialize<Bundle<T>>(Placeholder().Replace(File.ReadAllText(file), Substitute), Json);
            return bundle is not null && bundle.Stores.All(store => store is not null) ? bundle.Stores : throw new JsonException("It holds null where a store is expected.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"the bundle '{path}' (setting Bootstrap) cannot be read: {exception.Message}");
        }
    }

    private string Substitute(Match match)
    {
        var value = configuration[match.Groups["name"].Value]
            ?? (match.Groups["default"].Success ? match.Groups["default"].Value : null)
            ?? throw new CannotStartException($"the bundle asks for the setting '{match.Groups["name"].Value}', which is not set.");
        return JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z][\w:]*?)(?::(?<default>[^}]*))?\}")]
    private static partial Regex Placeholder();
}
