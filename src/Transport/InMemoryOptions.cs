namespace NetCore.Transport;

/// <summary>How <see cref="InMemoryTransport"/> behaves. Validated when set.</summary>
public sealed record InMemoryOptions
{
    /// <summary>
    /// Most bytes of one delivery; each one brings between 1 and this many, chosen by <c>World.Random</c>, so that a
    /// test meets every way to split a message. Default: 32,768, and then nothing is split at random.
    /// </summary>
    public int MaxDeliveryBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Core.CoreLimits.LargeBlockBytes);
            field = value;
        }
    } = Core.CoreLimits.LargeBlockBytes;

    /// <summary>Bytes that a direction holds before its sender waits. Default: 262,144; 1 to 16 MiB.</summary>
    public int PipeBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TransportLimits.MaxPipeBytes);
            field = value;
        }
    } = TransportLimits.DefaultPipeBytes;
}
