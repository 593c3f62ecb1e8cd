namespace Recado.GatewayEmulator.Sending;

/// <summary>Makes ids as the gateway gives them, from random bytes that come in here; thread-safe if <paramref name="fill"/> is.</summary>
public sealed class GatewayIds(Action<Span<byte>> fill)
{
    /// <summary>As WhatsApp ids look: <c>3EB0</c> and 18 upper-case hex digits.</summary>
    public string NextMessageId()
    {
        Span<byte> random = stackalloc byte[9];
        fill(random);
        return $"3EB0{Convert.ToHexString(random)}";
    }

    /// <summary>The id in the gateway's own queue: 32 upper-case hex digits.</summary>
    public string NextZaapId()
    {
        Span<byte> random = stackalloc byte[16];
        fill(random);
        return Convert.ToHexString(random);
    }
}
