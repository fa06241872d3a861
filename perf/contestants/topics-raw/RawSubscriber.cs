using System.Runtime.InteropServices;

namespace NetCore.Bench.Contenders;

/// <summary>The connection of one subscriber of a raw client.</summary>
/// <param name="fd">Subscribed; closed with this.</param>
/// <param name="index">Which one it is.</param>
/// <param name="meter">Null for one that is not counted.</param>
/// <param name="wire">Of this connection.</param>
internal sealed unsafe class RawSubscriber(int fd, int index, TopicMeter? meter, TopicWire wire) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly byte* _input = (byte*)NativeMemory.AlignedAlloc(BufferBytes, 64);
    private readonly TopicWire.Found _found = message => meter!.Deliver(index, message);

    private readonly int _messageBytes = meter?.PayloadBytes ?? 0;
    private int _received;

    public int Fd => fd;

    /// <summary>Receives once and delivers what is complete.</summary>
    /// <param name="flags">Whether to wait.</param>
    /// <returns>False when nothing was there.</returns>
    /// <exception cref="BenchException">The broker closed the connection, or it broke.</exception>
    public bool Receive(int flags)
    {
        var received = (int)Libc.Receive(fd, _input + _received, BufferBytes - _received, flags);
        if (received <= 0)
        {
            return received == 0 ? throw new BenchException("The broker closed the connection of a subscriber.")
                : Libc.Errno is Libc.Again or Libc.Interrupted ? false
                : throw Libc.Failed("recv");
        }

        if (meter is null)
        {
            return true;
        }

        _received += received;
        var done = wire.Read(fd, new ReadOnlySpan<byte>(_input, _received), _messageBytes, _found);
        _received -= done;
        if (_received > 0 && done > 0)
        {
            new Span<byte>(_input + done, _received).CopyTo(new Span<byte>(_input, BufferBytes));
        }

        return true;
    }

    public void Dispose()
    {
        _ = Libc.Close(fd);
        NativeMemory.AlignedFree(_input);
    }
}
