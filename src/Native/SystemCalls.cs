using NetCore.Native.Internal;

namespace NetCore.Native;

/// <summary>The kernel's own answers. Stateless and thread-safe.</summary>
internal sealed unsafe class SystemCalls : ISystemCalls
{
    private const int NoSignal = 0x4000;
    private const int DontWait = 0x40;

    public SyscallResult Receive(int descriptor, Span<byte> into)
    {
        fixed (byte* buffer = into)
        {
            while (true)
            {
                var result = Result.Of(LibC.Recv(descriptor, buffer, (nuint)into.Length, DontWait));
                if (result.Error != Errno.Interrupted)
                {
                    return result;
                }
            }
        }
    }

    public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* buffer = bytes)
        {
            while (true)
            {
                var result = Result.Of(LibC.Send(descriptor, buffer, (nuint)bytes.Length, NoSignal | DontWait));
                if (result.Error != Errno.Interrupted)
                {
                    return result;
                }
            }
        }
    }

    public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors)
    {
        fixed (IoVector* first = vectors)
        {
            var header = new MessageHeader { Vectors = first, VectorCount = (nuint)vectors.Length };
            while (true)
            {
                var result = Result.Of(LibC.SendMsg(descriptor, &header, NoSignal | DontWait));
                if (result.Error != Errno.Interrupted)
                {
                    return result;
                }
            }
        }
    }

    public SyscallResult Accept(int listener)
    {
        while (true)
        {
            var result = Result.Of(LibC.Accept4(listener, null, null, Sockets.NonBlocking | Sockets.CloseOnExec));
            if (result.Error != Errno.Interrupted)
            {
                return result;
            }
        }
    }

    public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds)
    {
        var result = Result.Of(LibC.EpollWait(epoll, events.Buffer, events.Capacity, timeoutMilliseconds));
        return result.Error == Errno.Interrupted ? default : result;
    }
}
