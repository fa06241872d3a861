using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetCore.Bench.Contenders;

/// <summary>One thread, one epoll descriptor, one receive and one send for what a connection has brought.</summary>
/// <remarks>As little as a correct server can do, so that what others do beyond it shows.</remarks>
internal sealed unsafe class FloorServer : IServerHalf
{
    private const int BufferBytes = 64 * 1024;

    // Asking a few sockets directly is a system call less than asking epoll first.
    private const int MostPolledDirectly = 4;
    private const int PollsPerLook = 256;

    private readonly Epoll _epoll = new();
    private readonly RawAddress _address;
    private readonly int _listener;
    private readonly int _wake = Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec);
    private readonly bool _spins;
    private readonly bool _framed;
    private readonly Service _service;
    private readonly byte* _input = (byte*)NativeMemory.AlignedAlloc(BufferBytes, 64);
    private readonly byte* _output = (byte*)NativeMemory.AlignedAlloc(BufferBytes, 64);
    private readonly Thread _thread;
    private readonly List<FloorConnection> _few = [];
    private FloorConnection?[] _connections = new FloorConnection?[64];
    private int _count;
    private volatile bool _stopping;

    public FloorServer(Uri address, Service service, bool spins, bool framed)
    {
        _service = service;
        _spins = spins;
        _framed = framed && service == Service.Echo;
        _address = RawAddress.Of(address);
        _listener = RawSocket.Listen(_address, out var actual);
        Address = actual;
        _epoll.Watch(_listener, Epoll.Input);
        _epoll.Watch(_wake, Epoll.Input);
        _thread = new Thread(Run) { IsBackground = true, Name = "floor" };
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
            if (_spins && _count is > 0 and <= MostPolledDirectly)
            {
                PollFew();
            }

            var ready = _epoll.Wait(_spins ? 0 : -1);
            for (var i = 0; i < ready; i++)
            {
                Handle(_epoll.Fd(i));
            }
        }

        Close();
    }

    private void PollFew()
    {
        for (var i = 0; i < PollsPerLook; i++)
        {
            for (var j = _few.Count - 1; j >= 0; j--)
            {
                Serve(_few[j]);
            }
        }
    }

    private void Handle(int fd)
    {
        if (fd == _listener)
        {
            Accept();
        }
        else if (fd < _connections.Length && _connections[fd] is { } connection)
        {
            Serve(connection);
        }
    }

    private void Accept()
    {
        for (var fd = RawSocket.Accept(_listener, _address); fd >= 0; fd = RawSocket.Accept(_listener, _address))
        {
            if (fd >= _connections.Length)
            {
                Array.Resize(ref _connections, Math.Max(fd + 1, _connections.Length * 2));
            }

            _connections[fd] = new FloorConnection(fd);
            _epoll.Watch(fd, Epoll.Input);
            CountConnections(1);
        }
    }

    private void Serve(FloorConnection connection)
    {
        if (connection.Unsent is { } rest)
        {
            connection.Unsent = null;
            fixed (byte* first = rest)
            {
                Send(connection, first, rest.Length, wasBlocked: true);
            }

            return;
        }

        var kept = connection.Begun?.Length ?? 0;
        connection.Begun?.CopyTo(new Span<byte>(_input, kept));
        var received = Libc.Receive(connection.Fd, _input + kept, BufferBytes - kept, 0);
        if (received > 0)
        {
            connection.Begun = null;
            connection.Read += received;
            Answer(connection, kept + (int)received);
        }
        else if (received == 0 || Libc.Errno is not (Libc.Again or Libc.Interrupted))
        {
            Finish(connection, atEnd: received == 0);
        }
    }

    private void Answer(FloorConnection connection, int bytes)
    {
        if (_service == Service.Sink)
        {
            return;
        }

        if (!_framed)
        {
            Send(connection, _input, bytes, wasBlocked: false);
            return;
        }

        var taken = FrameCopy.Run(_input, bytes, _output, BufferBytes);
        if (taken < 0)
        {
            Drop(connection);
            return;
        }

        if (taken < bytes)
        {
            connection.Begun = new Span<byte>(_input + taken, bytes - taken).ToArray();
        }

        if (taken > 0)
        {
            Send(connection, _output, taken, wasBlocked: false);
        }
    }

    private void Send(FloorConnection connection, byte* first, int bytes, bool wasBlocked)
    {
        var sent = (int)Libc.Send(connection.Fd, first, bytes, Libc.NoSignal);
        if (sent < 0)
        {
            if (Libc.Errno is not (Libc.Again or Libc.Interrupted))
            {
                Drop(connection);
                return;
            }

            sent = 0;
        }

        if (sent < bytes)
        {
            connection.Unsent = new Span<byte>(first + sent, bytes - sent).ToArray();
        }

        if ((sent < bytes) != wasBlocked)
        {
            _epoll.Change(connection.Fd, sent < bytes ? Epoll.Output : Epoll.Input);
        }
    }

    private void Finish(FloorConnection connection, bool atEnd)
    {
        if (atEnd && _service == Service.Sink)
        {
            // A socket that nothing was sent on takes eight bytes.
            BinaryPrimitives.WriteInt64LittleEndian(new Span<byte>(_output, sizeof(long)), connection.Read);
            _ = Libc.Send(connection.Fd, _output, sizeof(long), Libc.NoSignal);
        }

        Drop(connection);
    }

    private void Drop(FloorConnection connection)
    {
        _connections[connection.Fd] = null;
        _ = Libc.Close(connection.Fd);
        CountConnections(-1);
    }

    private void CountConnections(int change)
    {
        _count += change;
        if (_spins)
        {
            _few.Clear();
            if (_count <= MostPolledDirectly)
            {
                _few.AddRange(_connections.OfType<FloorConnection>());
            }
        }
    }

    private void Close()
    {
        foreach (var connection in _connections.OfType<FloorConnection>().ToList())
        {
            Drop(connection);
        }

        _ = Libc.Close(_listener);
        _ = Libc.Close(_wake);
        _epoll.Dispose();
        NativeMemory.AlignedFree(_input);
        NativeMemory.AlignedFree(_output);
        if (_address.IsUnix)
        {
            File.Delete(Address.LocalPath);
        }
    }
}
