using System.Net;
using System.Net.Sockets;
using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>libc answers -1 and leaves the reason in errno: who takes the -1 for it treats all errors alike.</summary>
public sealed class ErrnoTests
{
    private const int NoDescriptor = -1;

    public static bool NotLinux => !OperatingSystem.IsLinux();

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void Each_call_tells_the_error_and_not_minus_one()
    {
        var calls = new SystemCalls();
        using var events = new EpollEvents(1);
        var end = new IPEndPoint(IPAddress.Loopback, 1);
        SyscallResult[] results =
        [
            calls.Receive(NoDescriptor, new byte[1]),
            calls.Send(NoDescriptor, new byte[1]),
            calls.Send(NoDescriptor, new IoVector[1]),
            calls.Accept(NoDescriptor),
            calls.Wait(NoDescriptor, events, 0),
            Epoll.Control(NoDescriptor, EpollOperation.Add, 0, EpollFlags.In, 0),
            Epoll.Wake(NoDescriptor),
            Sockets.Connect(NoDescriptor, end),
            Sockets.SetOption(NoDescriptor, 1, 9, 1),
            Sockets.ResetOnClose(NoDescriptor),
            Sockets.EndOutput(NoDescriptor),
            Sockets.Close(NoDescriptor),
            SyscallResult.Failed(Sockets.TakeError(NoDescriptor)),
        ];
        Assert.All(results, static result => Assert.Equal(SyscallResult.Failed(Errno.BadFile), result));
        Assert.Null(Sockets.LocalEnd(NoDescriptor));
        Assert.Null(Sockets.RemoteEnd(NoDescriptor));
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public unsafe void Each_call_of_a_ring_tells_the_error_and_not_minus_one()
    {
        var calls = new UringKernel();
        RingParameters parameters = default;
        Assert.Equal(SyscallResult.Failed(Errno.Invalid), calls.Setup(0, ref parameters));
        SyscallResult[] results =
        [
            calls.Enter(NoDescriptor, 0, 0, EnterFlags.None, null),
            // Register takes -1 for: without a ring.
            calls.Register(int.MaxValue, RegisterOperation.EnableRings, null, 0),
            calls.Map(NoDescriptor, RingMapping.Queues, 4096, out var address),
        ];
        Assert.All(results, static result => Assert.Equal(SyscallResult.Failed(Errno.BadFile), result));
        Assert.True(address is null);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void What_would_wait_says_so()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        listener.Blocking = false;
        Assert.True(new SystemCalls().Accept((int)listener.Handle).WouldBlock);
    }
}
