using System.Buffers.Binary;

namespace NetCore.Native.Tests;

/// <summary>What the clocks of a TCP connection tell of its end; the numbers were read on Linux 6.18.</summary>
public sealed class TcpStateTests
{
    private const byte Closed = 7;
    private const byte Established = 1;

    [Theory]
    [InlineData(1000, 16, 1556, 0, false, false)] // Idle, a send, a reset.
    [InlineData(1000, 1556, 1556, 0, false, false)] // Idle, a reset.
    [InlineData(1000, 688, 428, 100, false, false)] // No room for a while, a reset.
    [InlineData(1000, 1292, 1028, 100, false, true)] // No room, given up.
    [InlineData(3000, 3288, 1700, 100, false, true)]
    [InlineData(1000, 612, 1332, 0, true, true)] // No acknowledgement, given up.
    [InlineData(1000, 576, 2760, 0, true, true)]
    [InlineData(0, 5000, 5000, 100, true, false)] // No limit.
    public void The_clocks_tell_who_gave_up(
        uint limit, uint sent, uint acknowledged, uint notSent, bool isRepeated, bool timedOut) => Assert.Equal(
        timedOut ? Errno.TimedOut : Errno.ConnectionReset,
        TcpState.CauseOf(limit, sent, acknowledged, notSent, isRepeated));

    [Theory]
    [InlineData(Closed, 100, 100, true)]
    [InlineData(Closed, 101, 100, false)] // The end has come.
    [InlineData(Closed, 1, 100, false)] // The bytes have come past TCP; this may be an end.
    [InlineData(Closed, 101, long.MaxValue, true)] // Of a send.
    [InlineData(Established, 100, 100, false)]
    public void What_TCP_has_counted_tells_an_end_from_a_cut(byte state, long counted, long received, bool isLost)
    {
        var info = new byte[TcpState.InfoBytes];
        info[0] = state;
        BinaryPrimitives.WriteInt64LittleEndian(info.AsSpan(128), counted);
        Assert.Equal(isLost ? Errno.ConnectionReset : Errno.None, TcpState.LostError(info, 1000, received));
        Assert.Equal(Errno.None, TcpState.LostError(info.AsSpan(1), 1000, received));
    }
}
