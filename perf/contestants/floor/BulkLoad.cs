using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NetCore.Bench.Contenders;

/// <summary>One-way writes to a sink, as many as go, each stretch on connections of its own.</summary>
/// <remarks>
/// A stretch ends when the sink has told how much it has read, so what sits in buffers is not counted as done, and
/// nothing that was lost stays unnoticed.
/// </remarks>
internal sealed unsafe class BulkLoad : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly RawAddress _address;
    private readonly LoadShape _shape;
    private readonly byte* _payload;
    private readonly int[] _fds;
    private readonly int[] _written;
    private Epoll _epoll = new();

    public BulkLoad(Uri address, LoadShape shape)
    {
        _address = RawAddress.Of(address);
        _shape = shape;
        _payload = (byte*)NativeMemory.AlignedAlloc((nuint)shape.PayloadBytes, 4096);
        new Span<byte>(_payload, shape.PayloadBytes).Fill(0x5A);
        _fds = new int[shape.Connections];
        _written = new int[shape.Connections];
        Open();
    }

    public StretchResult Run(Stretch stretch)
    {
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)stretch.Duration.TotalNanoseconds;
        var flags = Libc.NoSignal | (Blocks ? 0 : Libc.DontWait);
        long writes = 0;
        while (Stopwatch.GetTimestamp() < end)
        {
            var moved = false;
            for (var i = 0; i < _fds.Length; i++)
            {
                moved |= Write(i, flags, ref writes);
            }

            if (!moved && _shape.Wait == WaitMode.Block)
            {
                _epoll.Wait((int)Patience.TotalMilliseconds);
            }
        }

        // A write that was begun is finished, so that all of them are whole.
        for (var i = 0; i < _fds.Length; i++)
        {
            while (_written[i] > 0)
            {
                Write(i, Libc.NoSignal, ref writes);
            }
        }

        var bytes = Finish(writes * _shape.PayloadBytes);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Close();
        Open();
        return new StretchResult(writes, bytes, seconds);
    }

    public void Dispose()
    {
        Close();
        _epoll.Dispose();
        NativeMemory.AlignedFree(_payload);
    }

    // One connection needs nothing to tell it apart from others: the write itself waits.
    private bool Blocks => _fds.Length == 1 && _shape.Wait == WaitMode.Block;

    private bool Write(int index, int flags, ref long writes)
    {
        var done = _written[index];
        var sent = (int)Libc.Send(_fds[index], _payload + done, _shape.PayloadBytes - done, flags);
        if (sent < 0)
        {
            return Libc.Errno switch
            {
                Libc.Interrupted => true,
                Libc.Again when (flags & Libc.DontWait) != 0 => false,
                Libc.Again => throw new BenchException($"the server has read nothing for {Patience.TotalSeconds:0} s"),
                _ => throw Libc.Failed("send"),
            };
        }

        done += sent;
        writes += done == _shape.PayloadBytes ? 1 : 0;
        _written[index] = done == _shape.PayloadBytes ? 0 : done;
        return true;
    }

    private long Finish(long sent)
    {
        foreach (var fd in _fds)
        {
            _ = Libc.Shutdown(fd, Libc.ShutSending);
        }

        long read = 0;
        foreach (var fd in _fds)
        {
            read += ReadCount(fd);
        }

        return read == sent ? read : throw new BenchException($"The sink has read {read} of {sent} bytes.");
    }

    private static long ReadCount(int fd)
    {
        var count = stackalloc byte[sizeof(long)];
        for (var received = 0; received < sizeof(long);)
        {
            var more = (int)Libc.Receive(fd, count + received, sizeof(long) - received, 0);
            if (more <= 0 && Libc.Errno != Libc.Interrupted)
            {
                throw more == 0 ? new BenchException("The sink ended without its count.") : Libc.Failed("recv");
            }

            received += Math.Max(0, more);
        }

        return BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(count, sizeof(long)));
    }

    private void Open()
    {
        for (var i = 0; i < _fds.Length; i++)
        {
            _fds[i] = RawSocket.Connect(_address, Patience);
            _epoll.Watch(_fds[i], Epoll.Output);
        }
    }

    private void Close()
    {
        foreach (var fd in _fds)
        {
            _ = Libc.Close(fd);
        }
    }
}
