using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>
/// The kernel takes a few KiB of what is sent, so that the rest stands in memory of the server.
/// </summary>
public sealed class SmallBufferEngine : EpollTcpEngine
{
    private const int SocketLevel = 1;
    private const int SendBuffer = 7;

    private protected override ISystemCalls Calls() => new HookedCalls
    {
        Accepted = static descriptor =>
            Assert.True(Native.Sockets.SetOption(descriptor, SocketLevel, SendBuffer, 4096).IsOk),
    };
}
