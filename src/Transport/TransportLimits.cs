namespace NetCore.Transport;

/// <summary>The bounds of every transport, each with its derivation.</summary>
public static class TransportLimits
{
    /// <summary>
    /// Most bytes of one send: 64 KiB is what one gathered send of small frames needs to make the system call's cost
    /// small, and short enough (at 10 Gbit/s 52 microseconds) that an urgent frame is not stuck behind it.
    /// </summary>
    public const int MaxSendBatchBytes = 64 * 1024;

    /// <summary>
    /// Bytes that TCP takes although it cannot send them yet (TCP_NOTSENT_LOWAT, Linux), 128 KiB: two batches. What
    /// waits in the kernel can be overtaken by nothing, however urgent.
    /// </summary>
    public const int MaxUnsentBytes = 2 * MaxSendBatchBytes;

    /// <summary>
    /// Segments of one send: what a batch of 64 KiB needs when every segment is a 16 KiB payload with its header
    /// copied before it, doubled; .NET's sockets pin a gather list of up to 8 without allocating.
    /// </summary>
    public const int MaxSendSegments = 8;

    /// <summary>
    /// Bytes that a receiver may leave unconsumed: less than one receive buffer (32 KiB) by one largest frame's
    /// header, so that each delivery can bring at least that much news. A frame of 16 KiB fits twice.
    /// </summary>
    public const int MaxUnconsumedBytes = (32 * 1024) - 256;

    /// <summary>
    /// Up to here retaining copies: 4 KiB cost about 100 ns, less than holding 32 KiB for the message's life.
    /// </summary>
    public const int RetainCopyBytes = 4 * 1024;

    /// <summary>
    /// Batches that a caller of RequestSend sends itself before the engine takes over: a bound on borrowed time.
    /// </summary>
    public const int MaxCallerBatches = 2;

    /// <summary>
    /// Largest contiguous span that a send batch gives: one largest frame payload (16 KiB) with 256 bytes for
    /// headers.
    /// </summary>
    public const int MaxSendSpanBytes = (16 * 1024) + 256;

    /// <summary>
    /// Bytes of a Unix socket path: the kernel's <c>sun_path</c> has 108, one of them ends the text.
    /// </summary>
    public const int MaxUnixPathBytes = 107;

    /// <summary>Characters of an in-process name: as many as a host name has; it only serves logs.</summary>
    public const int MaxInProcessNameLength = 255;

    /// <summary>
    /// Time after which the next address of a name is tried beside the one that has not answered yet, in milliseconds:
    /// the recommendation of RFC 8305, more than a round trip around the world.
    /// </summary>
    public const int ConnectStaggerMilliseconds = 250;

    /// <summary>
    /// Addresses of one name that are tried at once: 16 have begun 4 s after the first, near the default deadline.
    /// </summary>
    public const int MaxConnectAttempts = 16;

    /// <summary>
    /// Pause before a receive is tried again when the byte budget is used up: ten ticks of the timer wheel, short
    /// beside any deadline and long enough that 10,000 starved connections cost 1 million tries a second at most.
    /// </summary>
    public const int NoMemoryRetryMilliseconds = 10;

    /// <summary>
    /// Time after which a close on a ring is told although the kernel has not ended its requests, in milliseconds: a
    /// cancelled request ends within one call into the kernel, which takes microseconds, so that 5 s mean a defect.
    /// </summary>
    public const int LostCloseMilliseconds = 5000;

    /// <summary>
    /// Bytes that one direction of an in-memory connection holds: four largest send batches, near the buffers that
    /// Linux gives a TCP connection on loopback.
    /// </summary>
    public const int DefaultPipeBytes = 256 * 1024;

    /// <summary>Upper bound of that: more hides a missing back-pressure instead of showing it.</summary>
    public const int MaxPipeBytes = 16 * 1024 * 1024;
}
