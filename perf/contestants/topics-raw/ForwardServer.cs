using System.Runtime.InteropServices;

namespace NetCore.Bench.Contenders;

/// <summary>One thread that sends the bytes of a publisher to all subscribers, and knows nothing of messages.</summary>
/// <remarks>
/// The least that two hops can cost. A subscriber that takes no more holds up the publisher, so it is no broker.
/// </remarks>
internal sealed unsafe class ForwardServer : IServerHalf
{
    private const int BufferBytes = 64 * 1024;

    private readonly Epoll _epoll = new();
    private readonly RawAddress _address;
    private readonly int _listener;
    private readonly int _wake = Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec);
    private readonly byte* _input = (byte*)NativeMemory.AlignedAlloc(BufferBytes, 64);
    private readonly HashSet<int> _new = [];
    private readonly HashSet<int> _publishers = [];
    private readonly Dictionary<int, byte[]> _blocked = [];
    private readonly List<int> _subscribers = [];
    private readonly Thread _thread;
    private volatile bool _stopping;

    public ForwardServer(Uri address)
    {
        _address = RawAddress.Of(address);
        _listener = RawSocket.Listen(_address, out var actual);
        Address = actual;
        _epoll.Watch(_listener, Epoll.Input);
        _epoll.Watch(_wake, Epoll.Input);
        _thread = new Thread(Run) { IsBackground = true, Name = "forwarder" };
        _thread.Start();
    }

    public Uri Address { get; }

    public ValueTask DisposeAsync()
    {
        _stopping = true;
        long one = 1;
        _ = Libc.Write(_wake, &one, sizeof(long));
        _thread.Join();
        return default;
    }

    private void Run()
    {
        while (!_stopping)
        {
            var ready = _epoll.Wait(-1);
            for (var i = 0; i < ready && !_stopping; i++)
            {
                Handle(_epoll.Fd(i));
            }
        }

        foreach (var fd in (int[])[.. _new, .. _publishers, .. _subscribers, _listener, _wake])
        {
            _ = Libc.Close(fd);
        }

        _epoll.Dispose();
        NativeMemory.AlignedFree(_input);
        if (_address.IsUnix)
        {
            File.Delete(Address.LocalPath);
        }
    }

    private void Handle(int fd)
    {
        if (fd == _listener)
        {
            Accept();
        }
        else if (_blocked.Remove(fd, out var rest))
        {
            Unblock(fd, rest);
        }
        else if (fd != _wake)
        {
            Receive(fd);
        }
    }

    private void Accept()
    {
        for (var fd = RawSocket.Accept(_listener, _address); fd >= 0; fd = RawSocket.Accept(_listener, _address))
        {
            _epoll.Watch(fd, Epoll.Input);
            _new.Add(fd);
        }
    }

    private void Receive(int fd)
    {
        // The first byte of a connection comes alone: its client waits, or what follows is told apart by one receive.
        var received = (int)Libc.Receive(fd, _input, _new.Contains(fd) ? 1 : BufferBytes, 0);
        if (received <= 0)
        {
            if (received == 0 || Libc.Errno is not (Libc.Again or Libc.Interrupted))
            {
                Drop(fd);
            }
        }
        else if (_new.Remove(fd))
        {
            Begin(fd, _input[0]);
        }
        else if (_publishers.Contains(fd))
        {
            foreach (var subscriber in _subscribers)
            {
                Send(subscriber, _input, received);
            }
        }
    }

    private void Begin(int fd, byte role)
    {
        if (role == ForwardWire.Publisher)
        {
            _publishers.Add(fd);
            return;
        }

        _subscribers.Add(fd);
        _input[0] = ForwardWire.Subscriber;
        _ = Libc.Send(fd, _input, 1, Libc.NoSignal);
    }

    private void Send(int fd, byte* first, int bytes)
    {
        var sent = Math.Max(0, (int)Libc.Send(fd, first, bytes, Libc.NoSignal | Libc.DontWait));
        if (sent == bytes)
        {
            return;
        }

        if (_blocked.Count == 0)
        {
            Watch(_publishers, 0);
        }

        _blocked[fd] = new Span<byte>(first + sent, bytes - sent).ToArray();
        _epoll.Change(fd, Epoll.Output);
    }

    private void Unblock(int fd, byte[] rest)
    {
        fixed (byte* first = rest)
        {
            Send(fd, first, rest.Length);
        }

        if (_blocked.ContainsKey(fd))
        {
            return;
        }

        _epoll.Change(fd, Epoll.Input);
        if (_blocked.Count == 0)
        {
            Watch(_publishers, Epoll.Input);
        }
    }

    private void Watch(IEnumerable<int> fds, uint events)
    {
        foreach (var fd in fds)
        {
            _epoll.Change(fd, events);
        }
    }

    private void Drop(int fd)
    {
        _ = _new.Remove(fd) || _publishers.Remove(fd) || _subscribers.Remove(fd);
        _blocked.Remove(fd);
        _ = Libc.Close(fd);
    }
}
