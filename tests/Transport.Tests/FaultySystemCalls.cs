using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>The kernel with faults that it may have itself, chosen by a seed. Thread-safe.</summary>
/// <param name="seed">Chooses the faults.</param>
/// <param name="shortReceives">
/// Whether a receive may give less than is there. Not on TCP, where the kernel does that only when it has no more.
/// </param>
internal sealed class FaultySystemCalls(int seed, bool shortReceives) : ISystemCalls
{
    private readonly SystemCalls _kernel = new();
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    public SyscallResult Receive(int descriptor, Span<byte> into) =>
        _kernel.Receive(descriptor, shortReceives ? into[..Part(into.Length)] : into);

    public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes) =>
        _kernel.Send(descriptor, bytes[..Part(bytes.Length)]);

    public unsafe SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors) => Chance(2)
        ? _kernel.Send(descriptor, vectors[..Part(vectors.Length)])
        : Send(descriptor, new ReadOnlySpan<byte>(vectors[0].Base, (int)vectors[0].Length));

    public SyscallResult Accept(int listener)
    {
        if (Chance(6))
        {
            return SyscallResult.Failed(Errno.TooManyFiles);
        }

        return Chance(6) ? SyscallResult.Failed(Errno.ConnectionAborted) : _kernel.Accept(listener);
    }

    public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds) =>
        Chance(4) ? default : _kernel.Wait(epoll, events, timeoutMilliseconds);

    private int Part(int length)
    {
        lock (_lock)
        {
            return _random.Next(3) == 0 ? 1 + _random.Next(length) : length;
        }
    }

    private bool Chance(int of)
    {
        lock (_lock)
        {
            return _random.Next(of) == 0;
        }
    }
}
