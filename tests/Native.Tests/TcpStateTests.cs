namespace NetCore.Native.Tests;

/// <summary>What the clocks of a TCP connection tell of its end; the numbers were read on Linux 6.18.</summary>
public sealed class TcpStateTests
{
    [Theory]
    [InlineData(1000, 16, 1556, 0, false)] // Idle, a send, a reset.
    [InlineData(1000, 688, 428, 0, false)] // No room for a while, a reset.
    [InlineData(1000, 1292, 1028, 0, true)] // No room, given up.
    [InlineData(3000, 3288, 1700, 0, true)]
    [InlineData(1000, 612, 1332, 2, true)] // No acknowledgement, given up.
    [InlineData(1000, 576, 2760, 2, true)]
    [InlineData(0, 5000, 5000, 2, false)] // No limit.
    public void The_clocks_tell_who_gave_up(uint limit, uint sent, uint acknowledged, byte again, bool timedOut) =>
        Assert.Equal(
            timedOut ? Errno.TimedOut : Errno.ConnectionReset, TcpState.CauseOf(limit, sent, acknowledged, again));
}
