using System.Runtime.InteropServices;

namespace NetCore.Bench.Doctor;

/// <summary>Receives wait in the ring; the sends and the next receives go in by one call.</summary>
internal sealed unsafe class UringEcho : IEchoEngine
{
    public const byte Send = 26;
    public const byte Receive = 27;

    // Nothing has come when a receive is armed: without this the kernel would look, and then wait.
    private const ushort PollFirst = 1;

    private readonly ProbeRing _ring;
    private readonly int[] _sockets;
    private readonly byte* _buffers;

    public UringEcho(int[] sockets, uint flags)
    {
        var opened = ProbeRing.Open(64, flags, out var ring);
        _ring = ring ?? throw new BenchException(UringRefusal.Explain(-opened, new SystemFiles()));
        _sockets = sockets;
        _buffers = (byte*)NativeMemory.AlignedAlloc((nuint)(sockets.Length * EngineCost.RequestBytes), 64);
        for (var i = 0; i < sockets.Length; i++)
        {
            Arm(i);
        }

        _ring.Submit(wait: 0);
    }

    public void ServeAll()
    {
        _ring.Submit(_sockets.Length);
        for (var i = 0; i < _sockets.Length; i++)
        {
            if (!_ring.TryTake(out var socket, out var received) || received <= 0)
            {
                throw new BenchException($"a receive ended with {received}");
            }

            var index = (int)socket;
            _ring.Prepare(Send, _sockets[index], BufferOf(index), received, (ulong)index);
            Arm(index);
        }

        _ring.Submit(_sockets.Length);
        for (var i = 0; i < _sockets.Length; i++)
        {
            if (!_ring.TryTake(out _, out var sent) || sent <= 0)
            {
                throw new BenchException($"a send ended with {sent}");
            }
        }
    }

    public void Dispose()
    {
        // The kernel ends the receives some time after this; no bytes come any more, so they write nowhere.
        _ring.Dispose();
        NativeMemory.AlignedFree(_buffers);
    }

    private void Arm(int index) => _ring.Prepare(
        Receive, _sockets[index], BufferOf(index), EngineCost.RequestBytes, (ulong)index, PollFirst);

    private byte* BufferOf(int index) => _buffers + (index * EngineCost.RequestBytes);
}
