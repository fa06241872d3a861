using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NetCore.Bench.Contenders;

/// <summary>Each operation is a new connection, one request and its answer, and the end of the connection.</summary>
internal sealed unsafe class ConnectLoad : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Epoll _epoll = new();
    private readonly RawAddress _address;
    private readonly RawAddress[] _sources;
    private readonly EchoMessage _message;
    private readonly bool _spins;
    private readonly byte* _buffers;
    private readonly int[] _fds;
    private readonly int[] _received;
    private readonly long[] _starts;
    private readonly int[] _slotOfFd = new int[4096];
    private long _made;

    public ConnectLoad(Uri address, LoadShape shape)
    {
        // A port is not free for a minute after its connection, and one source address has some 28,000 of them: 1,024
        // addresses last for half a million connections a second.
        const int sources = 1024;
        _address = RawAddress.Of(address);
        _sources = address.Host.StartsWith("127.", StringComparison.Ordinal)
            ? [.. Enumerable.Range(0, sources).Select(static i => RawAddress.Source((ushort)(i + 1)))] : [];
        _message = new EchoMessage(shape);
        _spins = shape.Wait == WaitMode.Spin;
        _buffers = (byte*)NativeMemory.Alloc((nuint)(shape.Connections * _message.Bytes));
        _fds = new int[shape.Connections];
        _received = new int[shape.Connections];
        _starts = new long[shape.Connections];
    }

    public long Run(Stretch stretch)
    {
        var end = Stopwatch.GetTimestamp() + (long)stretch.Duration.TotalNanoseconds;
        var underWay = _fds.Length;
        long done = 0;
        for (var slot = 0; slot < _fds.Length; slot++)
        {
            Begin(slot);
        }

        while (underWay > 0)
        {
            var ready = _epoll.Wait(_spins ? 0 : (int)Patience.TotalMilliseconds);
            if (ready == 0 && Stopwatch.GetTimestamp() > end + (long)Patience.TotalNanoseconds)
            {
                throw new BenchException($"no answer for {Patience.TotalSeconds:0} s");
            }

            for (var i = 0; i < ready; i++)
            {
                var slot = _slotOfFd[_epoll.Fd(i)];
                if (!HasAnswer(slot))
                {
                    continue;
                }

                _ = Libc.Close(_fds[slot]);
                var now = Stopwatch.GetTimestamp();
                stretch.Latency.Record(now - _starts[slot]);
                done++;
                if (now < end)
                {
                    Begin(slot);
                }
                else
                {
                    underWay--;
                }
            }
        }

        return done;
    }

    public void Dispose()
    {
        _epoll.Dispose();
        NativeMemory.Free(_buffers);
    }

    private void Begin(int slot)
    {
        _starts[slot] = Stopwatch.GetTimestamp();
        _received[slot] = 0;
        var source = _sources.Length == 0 ? null : _sources[_made++ % _sources.Length];
        var fd = RawSocket.Connect(_address, Patience, source);
        if (fd >= _slotOfFd.Length)
        {
            throw new BenchException("Too many descriptors are open.");
        }

        _fds[slot] = fd;
        _slotOfFd[fd] = slot;
        var buffer = _buffers + (slot * _message.Bytes);
        _message.Write(buffer, _starts[slot]);
        if (Libc.Send(fd, buffer, _message.Bytes, Libc.NoSignal) != _message.Bytes)
        {
            throw Libc.Failed("send");
        }

        _epoll.Watch(fd, Epoll.Input);
    }

    private bool HasAnswer(int slot)
    {
        var buffer = _buffers + (slot * _message.Bytes);
        var left = _message.Bytes - _received[slot];
        var received = Libc.Receive(_fds[slot], buffer + _received[slot], left, Libc.DontWait);
        if (received <= 0)
        {
            return received < 0 && Libc.Errno is Libc.Again or Libc.Interrupted
                ? false
                : throw new BenchException("The server closed a connection before it answered.");
        }

        _received[slot] += (int)received;
        if (_received[slot] < _message.Bytes)
        {
            return false;
        }

        // Its number is the time when it started, which no two of them share with the same slot.
        return _message.Read(buffer) == _starts[slot]
            ? true : throw new BenchException("An answer is not what was sent.");
    }
}
