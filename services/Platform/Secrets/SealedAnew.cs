namespace Recado.Platform.Secrets;

/// <summary>What came of sealing everything with the key that encrypts today.</summary>
/// <param name="Anew">Sealed now: another key had sealed them, or none.</param>
/// <param name="Before">Were sealed with it before.</param>
/// <param name="Stuck">Do not open with any key of this process, or were changed: they stay as they are, and are not used.</param>
public sealed record SealedAnew(int Anew, int Before, int Stuck)
{
    /// <summary>In words, with what may be done now.</summary>
    /// <param name="what">For example <c>gateways</c>.</param>
    /// <param name="olderKeys">How many keys the process has besides the one that encrypts.</param>
    public string Tell(string what, int olderKeys) =>
        $"{what}: {Anew} sealed anew, {Before} were sealed with the current key"
        + (Stuck > 0 ? $", {Stuck} cannot be opened and stay as they are. Keep the older keys until the bundle has brought these again."
            : olderKeys == 0 ? ". There is no older key."
            : ". Once every replica has started with the current key first, the older keys can be taken away; backups from before still need them.");
}
