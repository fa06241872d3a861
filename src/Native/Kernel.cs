using NetCore.Native.Internal;

namespace NetCore.Native;

/// <summary>The kernel's answers as they come, interruptions included. Stateless and thread-safe.</summary>
internal readonly unsafe struct Kernel : ISystemCalls
{
    private const int NoSignal = 0x4000;
    private const int DontWait = 0x40;

    public SyscallResult Receive(int descriptor, Span<byte> into)
    {
        fixed (byte* buffer = into)
        {
            return DirectCall.Receive(descriptor, buffer, into.Length, DontWait);
        }
    }

    public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* buffer = bytes)
        {
            return DirectCall.Send(descriptor, buffer, bytes.Length, NoSignal | DontWait);
        }
    }

    public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors)
    {
        fixed (IoVector* first = vectors)
        {
            var header = new MessageHeader { Vectors = first, VectorCount = (nuint)vectors.Length };
            return Result.Of(LibC.SendMsg(descriptor, &header, NoSignal | DontWait));
        }
    }

    public SyscallResult Accept(int listener) =>
        Result.Of(LibC.Accept4(listener, null, null, Sockets.NonBlocking | Sockets.CloseOnExec));

    public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds) =>
        Result.Of(LibC.EpollWait(epoll, events.Buffer, events.Capacity, timeoutMilliseconds));
}
