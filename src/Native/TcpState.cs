using NetCore.Native.Internal;

namespace NetCore.Native;

/// <summary>What the kernel remembers of a TCP connection (struct tcp_info, tcp(7), Linux 2.4).</summary>
internal static unsafe class TcpState
{
    private const int LevelTcp = 6;
    private const int OptionInfo = 11;
    private const int OptionUserTimeout = 18;

    // Bytes of the struct up to the last one that is read here, and where milliseconds since something stand.
    private const int InfoBytes = 60;
    private const int SinceDataSent = 44;
    private const int SinceAcknowledged = 56;

    // TCP_CLOSE, the first byte.
    private const byte Closed = 7;

    /// <summary>
    /// Why a connection is over whose error a call has taken away; no error when it is not over. Not after the end of
    /// the own output: then it may be over in order.
    /// </summary>
    /// <remarks>
    /// The cause is told by the clocks: a connection that is given up has sent no data, or got no acknowledgement, for
    /// the user timeout. None lives that long without them, so one that was reset has both of later.
    /// </remarks>
    public static Errno LostError(int descriptor)
    {
        var info = stackalloc byte[InfoBytes];
        uint length = InfoBytes;
        if (LibC.GetSockOpt(descriptor, LevelTcp, OptionInfo, info, &length) < 0 || length < InfoBytes
            || *info != Closed)
        {
            return Errno.None;
        }

        uint limit = 0;
        length = sizeof(uint);
        _ = LibC.GetSockOpt(descriptor, LevelTcp, OptionUserTimeout, &limit, &length);
        var quiet = Math.Max(*(uint*)(info + SinceDataSent), *(uint*)(info + SinceAcknowledged));
        return limit > 0 && quiet >= limit ? Errno.TimedOut : Errno.ConnectionReset;
    }
}
