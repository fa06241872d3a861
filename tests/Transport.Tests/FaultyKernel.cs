using System.Globalization;
using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>The kernel with the faults that it may have itself. Thread-safe.</summary>
/// <remarks>
/// No fault makes the kernel's state a lie: what a call did is told, and who is told to wait gets an event. So a call
/// is interrupted only before it has done anything, or after it has found nothing.
/// </remarks>
internal readonly unsafe struct FaultyKernel(Faults faults) : ISystemCalls
{
    private const int MaxEvents = 8;

    private readonly Kernel _kernel = default;

    public SyscallResult Receive(int descriptor, Span<byte> into)
    {
        if (Refuses(descriptor, out var fault))
        {
            return fault;
        }

        var part = faults.ShortReceives ? faults.Part(into.Length) : into.Length;
        var result = _kernel.Receive(descriptor, into[..part]);
        return result.WouldBlock && faults.Chance(4, Fault.InterruptedAfter) ? Interrupted : result;
    }

    public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes) => Refuses(descriptor, out var fault)
        ? fault : _kernel.Send(descriptor, bytes[..faults.Part(bytes.Length)]);

    public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors)
    {
        if (Refuses(descriptor, out var fault))
        {
            return fault;
        }

        return faults.Chance(2, Fault.Short)
            ? _kernel.Send(descriptor, new ReadOnlySpan<byte>(
                vectors[0].Base, faults.Part((int)vectors[0].Length)))
            : _kernel.Send(descriptor, vectors[..faults.Part(vectors.Length)]);
    }

    public SyscallResult Accept(int listener)
    {
        if (faults.Chance(6, Fault.NoDescriptors))
        {
            return SyscallResult.Failed(Errno.TooManyFiles);
        }

        if (faults.Chance(6, Fault.GaveUp))
        {
            return SyscallResult.Failed(Errno.ConnectionAborted);
        }

        // A listener is told again of what it has left.
        return faults.Chance(6, Fault.InterruptedBefore) ? Interrupted
            : faults.Chance(6, Fault.Again) ? SyscallResult.Failed(Errno.Again) : _kernel.Accept(listener);
    }

    public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds)
    {
        faults.Watch(epoll);
        if (faults.Chance(16, Fault.InterruptedBefore))
        {
            return Interrupted;
        }

        var interrupted = timeoutMilliseconds < 0 && faults.Chance(8, Fault.InterruptedAfter);
        using var few = new EpollEvents(1 + faults.Next(MaxEvents));
        var result = _kernel.Wait(epoll, few, interrupted ? 1 : timeoutMilliseconds);
        for (var i = 0; i < result.Value; i++)
        {
            var into = new Span<byte>(events.Buffer + (i * EpollEvents.Stride), EpollEvents.Stride);
            EpollEvents.Write(into, few.Flags(i) | Spurious(), few.Data(i));
        }

        return interrupted && result.Value == 0 ? Interrupted : result;
    }

    private static SyscallResult Interrupted => SyscallResult.Failed(Errno.Interrupted);

    private EpollFlags Spurious() => !faults.Chance(8, Fault.SpuriousFlags) ? EpollFlags.None : faults.Next(3) switch
    {
        0 => EpollFlags.Error,
        1 => EpollFlags.HangUp,
        _ => EpollFlags.ReadHangUp,
    };

    private bool Refuses(int descriptor, out SyscallResult fault)
    {
        fault = Interrupted;
        if (faults.Chance(8, Fault.InterruptedBefore))
        {
            return true;
        }

        fault = SyscallResult.Failed(Errno.Again);
        return faults.Next(16) == 0 && Announce(descriptor) && faults.Chance(1, Fault.Again);
    }

    // Who is told to wait waits for an edge, which the kernel makes when it is asked anew for the same events. For room
    // too in any case: another thread may ask for it between the look and the change, which must not take it back.
    private bool Announce(int descriptor)
    {
        foreach (var epoll in faults.Epolls)
        {
            foreach (var line in File.ReadLines($"/proc/self/fdinfo/{epoll}"))
            {
                // tfd: 7 events: 8000201f data: 100000002 ...
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words is ["tfd:", var number, "events:", var flags, "data:", var data, ..]
                    && number == descriptor.ToString(CultureInfo.InvariantCulture))
                {
                    var events = (EpollFlags)Hex(flags) | EpollFlags.Out;
                    return Epoll.Control(epoll, EpollOperation.Modify, descriptor, events, Hex(data)).IsOk;
                }
            }
        }

        return false;

        static ulong Hex(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
