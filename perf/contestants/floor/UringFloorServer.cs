using System.Buffers.Binary;
using NetCore.Bench.Doctor;

namespace NetCore.Bench.Contenders;

/// <summary>One thread and one ring: a send with the next receive linked to it, all of a turn by one call.</summary>
/// <remarks>
/// The receive starts when the send has taken its bytes, so that one buffer serves both, and a send that succeeds
/// completes in silence: a request costs one completion. Of one connection it is one call a round trip. What is linked
/// starts after all that the call submits, and many an answer has come by then: so a receive is tried before it waits.
/// </remarks>
internal sealed unsafe class UringFloorServer : IServerHalf
{
    /// <summary>The best set-up: that of Linux 6.1 and later.</summary>
    public const uint SetUp = UringFlags.SingleIssuer | UringFlags.DeferTaskRun | UringFlags.TaskRunFlag
        | UringFlags.SubmitAll | UringFlags.CqSize | UringFlags.Clamp;

    private const int Entries = 1024;
    private const byte AcceptOperation = 13;
    private const byte ReadOperation = 22;
    private const byte Link = 1 << 2;
    private const byte SilentSuccess = 1 << 6;
    private const ushort AcceptMany = 1;
    private const uint More = 2;
    private const int WaitAll = 0x100;
    private const ulong OfSend = 1UL << 32;
    private const ulong OfListener = 1UL << 33;
    private const ulong OfWake = 1UL << 34;

    private readonly RawAddress _address;
    private readonly int _listener;
    private readonly int _wake = Libc.EventFd(0, Libc.CloseOnExec);
    private readonly long[] _woken = GC.AllocateArray<long>(1, pinned: true);
    private readonly bool _spins;
    private readonly bool _framed;
    private readonly Service _service;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private UringConnection?[] _connections = new UringConnection?[64];
    private ProbeRing _ring = null!;
    private long _calls;
    private int _count;
    private volatile bool _stopping;

    public UringFloorServer(Uri address, Service service, bool spins, bool framed)
    {
        _service = service;
        _spins = spins;
        _framed = framed && service == Service.Echo;
        _address = RawAddress.Of(address);
        _listener = RawSocket.Listen(_address, out var actual);
        Address = actual;
        _thread = new Thread(Run) { IsBackground = true, Name = "floor" };
        _thread.Start();
        _ready.Task.GetAwaiter().GetResult();
    }

    public Uri Address { get; }

    public long? SystemCalls => Volatile.Read(ref _calls);

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
        // A ring of this set-up belongs to the thread that makes it.
        var opened = ProbeRing.Open(Entries, SetUp, out var ring);
        if (ring is not { IsMapped: true })
        {
            _ready.SetException(new BenchException($"no ring: errno {-opened}"));
            return;
        }

        _ring = ring;
        fixed (long* woken = _woken)
        {
            _ring.Prepare(ReadOperation, _wake, woken, sizeof(long), OfWake);
        }

        Accept();
        _ready.SetResult();
        while (!_stopping || _count > 0)
        {
            Turn();
        }

        Close();
    }

    private void Turn()
    {
        if (!_spins)
        {
            Submit(wait: 1);
        }
        else if (_ring.HasPrepared || _ring.HasWork)
        {
            Submit(wait: 0);
        }

        while (_ring.TryTake(out var data, out var result, out var flags))
        {
            Handle(data, result, flags);
        }
    }

    private void Handle(ulong data, int result, uint flags)
    {
        if ((data & OfListener) != 0)
        {
            Add(result);
            if ((flags & More) == 0 && !_stopping)
            {
                Accept();
            }
        }
        else if (data == OfWake)
        {
            // The receives end by this, and with the last of them the server.
            foreach (var connection in _connections.OfType<UringConnection>())
            {
                _ = Libc.Shutdown(connection.Fd, Libc.ShutBoth);
            }
        }
        else if ((data & OfSend) == 0)
        {
            // What a failed send was linked to is cancelled, and told here.
            Serve(_connections[(int)data]!, result);
        }
    }

    private void Add(int fd)
    {
        if (fd < 0)
        {
            return;
        }

        if (_stopping)
        {
            _ = Libc.Close(fd);
            return;
        }

        if (fd >= _connections.Length)
        {
            Array.Resize(ref _connections, Math.Max(fd + 1, _connections.Length * 2));
        }

        RawSocket.Prepare(fd, _address);
        var connection = new UringConnection(fd, _framed);
        _connections[fd] = connection;
        _count++;
        Receive(connection);
    }

    private void Serve(UringConnection connection, int received)
    {
        if (received <= 0)
        {
            Finish(connection, atEnd: received == 0);
            return;
        }

        connection.Read += received;
        if (_service == Service.Echo)
        {
            var bytes = connection.Kept + received;
            if (_framed)
            {
                bytes = Copy(connection, bytes);
            }

            if (bytes < 0)
            {
                Finish(connection, atEnd: false);
                return;
            }

            Send(connection, bytes);
        }

        Receive(connection);
    }

    // Answers the frames that are complete, and keeps the rest; -1 when there is something that is no frame.
    private static int Copy(UringConnection connection, int bytes)
    {
        var taken = FrameCopy.Run(connection.Input, bytes, connection.Output, UringConnection.BufferBytes);
        if (taken >= 0)
        {
            connection.Kept = bytes - taken;
            new Span<byte>(connection.Input + taken, connection.Kept).CopyTo(
                new Span<byte>(connection.Input, connection.Kept));
        }

        return taken;
    }

    private void Send(UringConnection connection, int bytes)
    {
        if (bytes == 0)
        {
            return;
        }

        MakeRoom();
        _ring.Prepare(
            UringEcho.Send,
            connection.Fd,
            connection.Output,
            bytes,
            OfSend | (uint)connection.Fd,
            flags: Link | SilentSuccess,
            callFlags: Libc.NoSignal | WaitAll);
    }

    private void Receive(UringConnection connection)
    {
        MakeRoom();
        _ring.Prepare(
            UringEcho.Receive,
            connection.Fd,
            connection.Input + connection.Kept,
            UringConnection.BufferBytes - connection.Kept,
            (uint)connection.Fd);
    }

    private void Accept()
    {
        MakeRoom();
        _ring.Prepare(
            AcceptOperation,
            _listener,
            null,
            0,
            OfListener,
            AcceptMany,
            callFlags: Libc.NonBlocking | Libc.CloseOnExec);
    }

    // Never between a send and the receive that is linked to it: room is for two.
    private void MakeRoom()
    {
        if (_ring.Room < 2)
        {
            Submit(wait: 0);
        }
    }

    private void Submit(int wait)
    {
        Volatile.Write(ref _calls, _calls + 1);
        if (_ring.Submit(wait) < 0)
        {
            throw Libc.Failed("io_uring_enter");
        }
    }

    private void Finish(UringConnection connection, bool atEnd)
    {
        if (atEnd && _service == Service.Sink)
        {
            // A socket that nothing was sent on takes eight bytes.
            BinaryPrimitives.WriteInt64LittleEndian(new Span<byte>(connection.Input, sizeof(long)), connection.Read);
            _ = Libc.Send(connection.Fd, connection.Input, sizeof(long), Libc.NoSignal);
        }

        _connections[connection.Fd] = null;
        _ = Libc.Close(connection.Fd);
        connection.Dispose();
        _count--;
    }

    private void Close()
    {
        _ring.Dispose();
        _ = Libc.Close(_listener);
        _ = Libc.Close(_wake);
        if (_address.IsUnix)
        {
            File.Delete(Address.LocalPath);
        }
    }
}
