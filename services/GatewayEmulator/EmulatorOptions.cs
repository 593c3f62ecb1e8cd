using Microsoft.Extensions.Options;
using Recado.GatewayEmulator.Behaviours;

namespace Recado.GatewayEmulator;

/// <summary>Settings of the emulator, section <c>Emulator</c>.</summary>
public sealed record EmulatorOptions
{
    public const string Section = "Emulator";

    /// <summary>The key in <see cref="Callbacks"/> that stands for every instance without an entry of its own.</summary>
    public const string AnyInstance = "*";

    /// <summary>
    /// Where callbacks go: instance id to an absolute http or https URL. <c>PUT …/update-every-webhooks</c> and its
    /// siblings win over it. An instance without a URL, or with an empty one, posts nothing.
    /// </summary>
    public Dictionary<string, string> Callbacks { get; init; } = [];

    /// <summary>How many accepted messages are kept, and how many may have callbacks pending; 1 to 5,000,000. The oldest go.</summary>
    public int MaxMessages { get; init; } = 200_000;

    /// <summary>How many bytes of message bodies and texts are kept, at least 1 MiB. The oldest go.</summary>
    public long MaxKeptBytes { get; init; } = 512L << 20;

    /// <summary>How many callbacks may be under way at once, 1 to 1,024.</summary>
    public int CallbackConcurrency { get; init; } = 128;

    /// <summary>What happens after each accepted send, in this order; absent: DELIVERY, RECEIVED, READ at 100, 300 and 600 ms.</summary>
    public IReadOnlyList<ReceiptOptions>? Receipts { get; init; }

    /// <summary>Whether each send also comes back as a <c>ReceivedCallback</c> with <c>fromMe: true</c>.</summary>
    public bool Echo { get; init; }

    /// <summary>The behaviour before anybody changes it.</summary>
    public Behaviour DefaultBehaviour => new()
    {
        Echo = Echo,
        Receipts = Receipts is null ? Receipt.Defaults : [.. Receipts.Select(receipt => new Receipt(receipt.Type, receipt.DelayMs))],
    };
}

/// <summary>One <see cref="Receipt"/> as settings write it.</summary>
public sealed record ReceiptOptions
{
    /// <summary>One of <see cref="ReceiptTypes"/>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Milliseconds after acceptance.</summary>
    public int DelayMs { get; init; }
}

/// <summary>Stops a start with wrong settings, with one clear sentence.</summary>
internal sealed class EmulatorOptionsCheck : IValidateOptions<EmulatorOptions>
{
    public ValidateOptionsResult Validate(string? name, EmulatorOptions options) =>
        FirstProblem(options) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;

    private static string? FirstProblem(EmulatorOptions options)
    {
        foreach (var (instance, url) in options.Callbacks)
        {
            if (!string.IsNullOrEmpty(url) && !CallbackUrl.TryParse(url, out _))
                return $"Emulator:Callbacks:{instance} must be an absolute http or https URL.";
        }

        if (options.MaxMessages is < 1 or > 5_000_000)
            return "Emulator:MaxMessages must be from 1 to 5000000.";
        if (options.MaxKeptBytes < 1 << 20)
            return "Emulator:MaxKeptBytes must be at least 1048576.";
        if (options.CallbackConcurrency is < 1 or > 1_024)
            return "Emulator:CallbackConcurrency must be from 1 to 1024.";
        return options.DefaultBehaviour.Problem() is { } problem ? $"Emulator: {problem}." : null;
    }
}
