using NetCore.Core;

namespace NetCore.Transport;

/// <summary>How a pipe or stream view of a connection behaves. Validated when set.</summary>
public sealed record PipeViewOptions
{
    /// <summary>
    /// Bytes that may wait in one direction before its writer waits: the peer for the input, the caller's flush for the
    /// output. Default: 64 KiB; 1 KiB to 16 MiB. It goes on at half of them.
    /// </summary>
    public int PauseThreshold
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1024);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TransportLimits.MaxPipeBytes);
            field = value;
        }
    } = 64 * 1024;

    /// <summary>
    /// How long dispose waits for the peer to end its side after the own output has ended; then the connection is
    /// aborted. Default: 2 s; 1 ms to 5 min.
    /// </summary>
    public TimeSpan LingerTime
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(5));
            field = value;
        }
    } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Gives the executor and the timers. Default: the world of the connection, or else the default one.
    /// </summary>
    public World? World { get; init; }
}
