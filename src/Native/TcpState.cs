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
    private const int Retransmits = 2;
    private const int SinceDataSent = 44;
    private const int SinceAcknowledged = 56;

    // TCP_CLOSE, the first byte.
    private const byte Closed = 7;

    /// <summary>
    /// Why a connection is over whose error a call has taken away; no error when it is not over. Not after the end of
    /// the own output: then it may be over in order.
    /// </summary>
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
        return CauseOf(
            limit, *(uint*)(info + SinceDataSent), *(uint*)(info + SinceAcknowledged), info[Retransmits]);
    }

    /// <summary>What the clocks tell, in milliseconds.</summary>
    /// <remarks>
    /// A connection that is given up has sent no data for the user timeout, since its peer has no room; or it has sent
    /// the same again and again, and got no acknowledgement for that long. One that was idle before it was reset has
    /// got none either, but sent nothing twice.
    /// </remarks>
    internal static Errno CauseOf(uint limit, uint sinceDataSent, uint sinceAcknowledged, byte retransmits)
    {
        var isGivenUp = sinceDataSent >= limit || (sinceAcknowledged >= limit && retransmits > 0);
        return limit > 0 && isGivenUp ? Errno.TimedOut : Errno.ConnectionReset;
    }
}
