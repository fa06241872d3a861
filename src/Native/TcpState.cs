using NetCore.Native.Internal;

namespace NetCore.Native;

/// <summary>What the kernel remembers of a TCP connection (struct tcp_info, tcp(7), Linux 4.6).</summary>
/// <remarks>
/// The error that ends a connection is told once, to whichever call comes first. The other one then gets a broken pipe,
/// or an end of the input as if the peer had sent all, so it has to ask what became of the connection.
/// </remarks>
internal static unsafe class TcpState
{
    /// <summary>Bytes of the struct up to the last one that is read here.</summary>
    public const int InfoBytes = NotSent + sizeof(uint);

    /// <summary>The names of the options, and their level.</summary>
    public const int LevelTcp = 6;

    /// <inheritdoc cref="LevelTcp"/>
    public const int OptionInfo = 11;

    /// <inheritdoc cref="LevelTcp"/>
    public const int OptionUserTimeout = 18;

    // Where things stand; what is since something is in milliseconds.
    private const int Retransmits = 2;
    private const int Probes = 3;
    private const int SinceDataSent = 44;
    private const int SinceAcknowledged = 56;
    private const int BytesReceived = 128;
    private const int NotSent = 144;

    // TCP_CLOSE, the first byte.
    private const byte Closed = 7;

    /// <summary>
    /// Why a connection is over whose error a call has taken away; no error when it is not over. Not after the end of
    /// the own output: then it may be over in order.
    /// </summary>
    public static Errno LostError(int descriptor) => LostError(descriptor, long.MaxValue);

    /// <summary>The same for who has received so many bytes and an end: no error when that is the peer's.</summary>
    public static Errno LostError(int descriptor, long received)
    {
        var info = stackalloc byte[InfoBytes];
        uint length = InfoBytes;
        uint limit = 0;
        uint limitLength = sizeof(uint);
        return LibC.GetSockOpt(descriptor, LevelTcp, OptionInfo, info, &length) < 0
            || LibC.GetSockOpt(descriptor, LevelTcp, OptionUserTimeout, &limit, &limitLength) < 0
            ? Errno.None : LostError(new ReadOnlySpan<byte>(info, (int)length), limit, received);
    }

    /// <summary>What the struct tells.</summary>
    /// <remarks>
    /// The kernel counts the end of the peer's output as a byte: where it has come, there is one more than was
    /// received. What follows it, a reset since the peer takes nothing more, does not change that all has come. Where
    /// there is less, the bytes have come past TCP, or the count began anew, and nothing is known.
    /// </remarks>
    internal static Errno LostError(ReadOnlySpan<byte> info, uint limit, long received) =>
        info.Length < InfoBytes || info[0] != Closed
            || (received < long.MaxValue && BitConverter.ToInt64(info[BytesReceived..]) != received)
            ? Errno.None
            : CauseOf(
                limit,
                BitConverter.ToUInt32(info[SinceDataSent..]),
                BitConverter.ToUInt32(info[SinceAcknowledged..]),
                BitConverter.ToUInt32(info[NotSent..]),
                isRepeated: info[Retransmits] > 0 || info[Probes] > 0);

    /// <summary>What the clocks tell, in milliseconds, and the bytes that have never been sent.</summary>
    /// <remarks>
    /// A connection that is given up has sent nothing of these for the user timeout, since its peer has no room; or it
    /// has sent the same, or probes, again and again, and got no acknowledgement for that long. One that was idle when
    /// it was reset has sent nothing and got none for as long, but it had nothing to send and sent nothing twice.
    /// </remarks>
    internal static Errno CauseOf(
        uint limit, uint sinceDataSent, uint sinceAcknowledged, uint notSent, bool isRepeated)
    {
        var isGivenUp = (sinceDataSent >= limit && notSent > 0) || (sinceAcknowledged >= limit && isRepeated);
        return limit > 0 && isGivenUp ? Errno.TimedOut : Errno.ConnectionReset;
    }
}
