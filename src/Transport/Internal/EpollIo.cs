using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>The byte stream of a socket that a reactor watches.</summary>
/// <remarks>
/// <para>
/// Registered once, edge-triggered. Receiving belongs to the reactor's thread. A short receive means that the kernel's
/// buffer is empty, so that no second receive has to find that out; the next byte is a new edge. Not so when the peer
/// has ended its output, because its end comes without an edge of its own, and on a Unix domain socket, where a
/// receive may stop at the border of two sends. A receive also stops at urgent data, which nobody sends but who
/// means harm: from then on such a peer is read to the end of the buffer too.
/// </para>
/// <para>
/// Sending belongs to the holder of the send role, on any thread. The descriptor is closed last, on the reactor's
/// thread, when both are over: no call can reach a descriptor that is somebody else's by then.
/// </para>
/// </remarks>
internal sealed class EpollIo : IReactorIo, IEpollHandler, IThreadPoolWorkItem
{
    // Of sending: nobody waits; the holder waits for room; room was announced since the last try; closed.
    private const int NoWait = 0;
    private const int WaitsForRoom = 1;
    private const int HasRoom = 2;
    private const int Closed = 3;

    private readonly Reactor _reactor;
    private readonly int _descriptor;
    private readonly bool _isUnix;
    private readonly EpollInterest _interest;

    // Of the reactor's thread.
    private bool _readable;
    private bool _waits;
    private bool _ended; // Or sends urgent data.
    private bool _drained;
    private bool _disposed;

    // The wake-up of a close may come before the receive role knows of it: what follows must not wait again.
    private volatile bool _closing;
    private SendBuffer? _pending;
    private int _send;

    // Receives by the reactor's thread, sends by the holder of the send role.
    private long _receives;
    private long _emptyReceives;
    private long _sends;

    /// <summary>On the reactor's thread, which takes over the descriptor.</summary>
    public EpollIo(Reactor reactor, int descriptor, bool isUnix)
    {
        _reactor = reactor;
        _descriptor = descriptor;
        _isUnix = isUnix;
        _interest = new EpollInterest(reactor, descriptor, isUnix, this);
        if (reactor.Connections.Add(this))
        {
            reactor.Post(reactor.Connections);
        }
    }

    public IConnectionIoEvents Events { get; set; } = null!;

    /// <summary>Where it stands among the connections of its reactor, which owns this.</summary>
    public int Index { get; set; }

    public bool IsPolled => _reactor.Connections.Polling;

    public TransportCounters Counters
    {
        get
        {
            var (receives, empty) = (Volatile.Read(ref _receives), Volatile.Read(ref _emptyReceives));
            var sends = Volatile.Read(ref _sends);
            return new TransportCounters(receives, empty, sends, 0, 0, 0, 0, receives + empty + sends);
        }
    }

    public bool OnEvents(EpollFlags events)
    {
        const EpollFlags ended =
            EpollFlags.ReadHangUp | EpollFlags.HangUp | EpollFlags.Error | EpollFlags.Priority;
        var ran = false;
        if ((events & (EpollFlags.In | ended)) != 0)
        {
            _ended |= (events & ended) != 0;
            _readable = true;
            if (IsPolled)
            {
                // A poll may have taken the bytes already. The next one finds out, without the ado of a batch.
                _reactor.Connections.Marked = true;
            }
            else
            {
                ran = TellReadable();
            }
        }

        if ((events & (EpollFlags.Out | EpollFlags.HangUp | EpollFlags.Error)) != 0
            && Interlocked.CompareExchange(ref _send, HasRoom, NoWait) == WaitsForRoom
            && Interlocked.CompareExchange(ref _send, NoWait, WaitsForRoom) == WaitsForRoom)
        {
            _interest.ForgetRoom();
            GoOn();
            ran = true;
        }

        return ran;
    }

    public void OnReactorEnds() => Events.OnEngineEnds();

    /// <summary>Receives without an event; true when something was there.</summary>
    public bool TryReceive()
    {
        if (!_waits)
        {
            return false;
        }

        // What is there is received in a batch, at the end of which the wait begins anew.
        _waits = false;
        if (Events.TryReceive())
        {
            return true;
        }

        _waits = true;
        return false;
    }

    /// <summary>The end of polling: a mark is answered, or the idle connection gives its memory back.</summary>
    public bool Settle()
    {
        if (_readable)
        {
            return TellReadable();
        }

        if (_waits)
        {
            Events.OnIdle();
        }

        return false;
    }

    public IoResult Receive(ArraySegment<byte> into)
    {
        if (_closing)
        {
            return IoResult.Failed(TransportError.Aborted);
        }

        _readable = false;
        var result = _reactor.Calls.Receive(_descriptor, into);
        _drained = result.WouldBlock;
        if (result.WouldBlock)
        {
            Volatile.Write(ref _emptyReceives, _emptyReceives + 1);
            return IoResult.Pending;
        }

        Volatile.Write(ref _receives, _receives + 1);
        return result.IsOk ? IoResult.Done(result.Value) : NativeErrors.Failed(result.Error);
    }

    public IoResult ConfirmEnd(long received) => LostErrors.OfEnd(_descriptor, _isUnix, received);

    public bool WaitReadable()
    {
        if (_readable || _closing || (!_drained && (_ended || _isUnix)))
        {
            if (_closing || !IsPolled)
            {
                return true;
            }

            // The next round of the poll receives anyhow; until then what this batch has brought about goes first.
            _readable = _reactor.Connections.Marked = true;
        }

        _waits = true;
        return false;
    }

    public IoResult Send(SendBuffer buffer)
    {
        while (buffer.Length > 0)
        {
            // What was announced before this try is of no use after it.
            Interlocked.CompareExchange(ref _send, NoWait, HasRoom);
            Volatile.Write(ref _sends, _sends + 1);
            var result = DirectSend.Try(_reactor.Calls, _descriptor, buffer);
            if (result.IsOk)
            {
                buffer.Sent(result.Value);
            }
            else if (!result.WouldBlock)
            {
                return LostErrors.OfSend(_descriptor, _isUnix, result.Error);
            }
            else
            {
                _pending = buffer;
                var asked = _interest.AskForRoom();
                if (!asked.IsOk)
                {
                    return NativeErrors.Failed(asked.Error);
                }

                switch (Interlocked.CompareExchange(ref _send, WaitsForRoom, NoWait))
                {
                    case NoWait:
                        return IoResult.Pending;
                    case Closed:
                        return IoResult.Failed(TransportError.Aborted);
                }
            }
        }

        return IoResult.Done(0);
    }

    public IoResult ShutdownSend() => NativeErrors.DoneOrFailed(Sockets.EndOutput(_descriptor));

    public bool Close(bool abortive)
    {
        if (abortive)
        {
            Sockets.ResetOnClose(_descriptor);
        }

        _closing = true;
        _reactor.Post(this);
        return true;
    }

    /// <summary>The close has come to the reactor: whoever waits is told.</summary>
    public void Execute()
    {
        _readable = true;
        TellReadable();
        if (Interlocked.Exchange(ref _send, Closed) == WaitsForRoom)
        {
            Events.OnSendCompleted(IoResult.Failed(TransportError.Aborted));
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _interest.Remove();
            _reactor.Connections.Remove(this);
            _reactor.Forget();
            Sockets.Close(_descriptor);
        }
    }

    private bool TellReadable()
    {
        if (!_waits)
        {
            return false;
        }

        _waits = false;
        Events.OnReadable();
        return true;
    }

    private void GoOn()
    {
        var result = Send(_pending!);
        if (result.Status != IoStatus.Pending)
        {
            Events.OnSendCompleted(result);
        }
    }
}
