using System.Runtime.InteropServices;

namespace NetCore.Bench.Contenders;

/// <summary>
/// Publisher and subscribers on raw system calls and on the thread of the driver: as little as a client can do.
/// </summary>
internal sealed unsafe class RawTopicHalf(Func<TopicWire> newWire) : ITopicHalf
{
    private const int BufferBytes = 64 * 1024;

    private readonly Epoll _epoll = new();
    private readonly List<RawSubscriber> _subscribers = [];
    private readonly TopicWire _wire = newWire();
    private readonly byte* _output = (byte*)NativeMemory.AlignedAlloc(BufferBytes, 64);
    private RawSubscriber?[] _byFd = [];
    private int _publisher = -1;
    private int _start;
    private int _end;
    private bool _watchesOutput;

    public void Connect(Uri address, LoadShape shape, TopicMeter meter)
    {
        var target = RawAddress.Of(address);
        var all = shape.Connections + (shape.Bystander == Bystander.None ? 0 : 1);
        for (var i = 0; i < all; i++)
        {
            var fd = RawSocket.Connect(target, TopicMeter.Patience);
            var wire = newWire();
            wire.Subscribe(fd);
            _subscribers.Add(new RawSubscriber(fd, i, i < shape.Connections ? meter : null, wire));
            if (i < shape.Connections || shape.Bystander == Bystander.Reads)
            {
                _epoll.Watch(fd, Epoll.Input);
            }
        }

        _publisher = RawSocket.Connect(target, TopicMeter.Patience);
        _wire.Announce(_publisher);
        _epoll.Watch(_publisher, Epoll.Input);
        _byFd = new RawSubscriber?[_subscribers.Max(static one => one.Fd) + 1];
        _subscribers.ForEach(one => _byFd[one.Fd] = one);
    }

    public bool TryPublish(ReadOnlySpan<byte> message)
    {
        var most = message.Length + TopicWire.MostAround;
        if (BufferBytes - _end < most)
        {
            Flush();
            if (_start > 0)
            {
                new Span<byte>(_output + _start, _end - _start).CopyTo(new Span<byte>(_output, BufferBytes));
                (_start, _end) = (0, _end - _start);
            }

            if (BufferBytes - _end < most)
            {
                return false;
            }
        }

        _end += _wire.Write(new Span<byte>(_output + _end, BufferBytes - _end), message);
        return true;
    }

    public void Flush()
    {
        while (_start < _end)
        {
            var sent = Libc.Send(_publisher, _output + _start, _end - _start, Libc.DontWait | Libc.NoSignal);
            if (sent < 0)
            {
                if (Libc.Errno is Libc.Again or Libc.Interrupted)
                {
                    break;
                }

                throw Libc.Failed("send");
            }

            _start += (int)sent;
        }

        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }

        if ((_start < _end) != _watchesOutput)
        {
            _watchesOutput = !_watchesOutput;
            _epoll.Change(_publisher, _watchesOutput ? Epoll.Input | Epoll.Output : Epoll.Input);
        }
    }

    public void Wait(long count)
    {
        if (_subscribers is [var only] && !_watchesOutput)
        {
            // One descriptor: to ask which is ready would be a system call more.
            if (!only.Receive(0))
            {
                throw new BenchException($"nothing came within {TopicMeter.Patience.TotalSeconds:0} s");
            }

            return;
        }

        var ready = _epoll.Wait((int)TopicMeter.Patience.TotalMilliseconds);
        if (ready == 0)
        {
            throw new BenchException($"nothing came within {TopicMeter.Patience.TotalSeconds:0} s");
        }

        for (var i = 0; i < ready; i++)
        {
            var fd = _epoll.Fd(i);
            if (fd == _publisher)
            {
                Flush();
                _wire.Answer(_publisher);
            }
            else
            {
                _byFd[fd]!.Receive(Libc.DontWait);
            }
        }
    }

    public void Dispose()
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.Dispose();
        }

        if (_publisher >= 0)
        {
            _ = Libc.Close(_publisher);
        }

        _epoll.Dispose();
        NativeMemory.AlignedFree(_output);
    }
}
