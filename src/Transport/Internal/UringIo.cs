using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>The byte stream of a socket whose input a ring receives.</summary>
/// <remarks>
/// Who waits has one receive in flight, for which the kernel takes a buffer of the ring when something has arrived: a
/// connection that waits holds no memory. What came is copied into the connection's block and the buffer goes back, in
/// the same batch unless the connection is paused. When there is more than that, or no buffer was left, the rest is
/// received straight into the block; no request is in flight then, so that the order is kept.
/// <para>
/// A send of the reactor's thread is a request, one at a time, and the buffer's memory is the kernel's until its last
/// completion. A send of another thread, or one that is not to wait for the end of the batch, is a plain system call;
/// what that cannot send is handed to the reactor.
/// </para>
/// <para>
/// The close: no request follows it; those in flight are cancelled. After their last completions the stream is closed,
/// and the descriptor is closed last of all, when the connection gives everything back.
/// </para>
/// </remarks>
internal sealed class UringIo : IReactorIo, IUringHandler, IThreadPoolWorkItem
{
    private readonly TimerWheel _timers;
    private readonly Reactor _reactor;
    private readonly UringSet _set;
    private readonly int _descriptor;
    private readonly bool _isUnix;

    // Of the reactor's thread.
    private UringRequests _requests;
    private UringReceived _received;
    private UringOutput _output;
    private UringHangUp _hangUp;
    private bool _receives;
    private bool _ends;
    private bool _waits;
    private bool _closes;
    private bool _closed;
    private bool _disposed;
    private UringCloseWatch? _watch;

    // What is being sent: of the holder of the send role until it is handed over.
    private SendBuffer? _sending;
    private int _handedOver;
    private volatile bool _closing;

    /// <summary>On the reactor's thread, which takes over the descriptor.</summary>
    public UringIo(TimerWheel timers, Reactor reactor, int descriptor, bool isUnix)
    {
        _timers = timers;
        _reactor = reactor;
        _set = reactor.Events<UringSet>();
        _descriptor = descriptor;
        _isUnix = isUnix;
        _requests = new UringRequests(_set, this);
        _received = new UringReceived(_set);
        _output = new UringOutput(_set, descriptor, isUnix);
    }

    public IConnectionIoEvents Events { get; set; } = null!;

    public void OnReactorEnds() => Events.OnEngineEnds();

    public void OnCompletion(UringKind kind, in Completion completion)
    {
        _requests.OnCompletion(kind, completion);
        switch (kind)
        {
            case UringKind.Receive:
                _receives = completion.HasMore;
                _ends &= _receives;
                _received.Add(completion, isWanted: !_closes);
                TellReadable();
                EndReceive(completion.HasMore);
                break;
            case UringKind.Send:
                OnSent(completion);
                break;
            case UringKind.Poll:
                _hangUp.OnCompletion(completion);
                EndReceive(_receives);
                break;
        }

        TellClosed();
    }

    public IoResult Receive(ArraySegment<byte> into)
    {
        if (_closing)
        {
            return IoResult.Failed(TransportError.Aborted);
        }

        if (_received.TryTake(into, out var taken))
        {
            return taken;
        }

        if (_receives)
        {
            return IoResult.Pending;
        }

        var result = _reactor.Calls.Receive(_descriptor, into);
        _received.HasMore = result.IsOk && result.Value == into.Count;
        if (result.WouldBlock)
        {
            _set.Counts.EmptyReceive();
            return IoResult.Pending;
        }

        _set.Counts.DirectReceive();
        return result.IsOk ? IoResult.Done(result.Value) : NativeErrors.Failed(result.Error);
    }

    public IoResult ConfirmEnd(long received) => LostErrors.OfEnd(_descriptor, _isUnix, received);

    public bool WaitReadable()
    {
        if (_closing || _received.HasMore || (_hangUp.HasCome && !_receives))
        {
            return true;
        }

        _waits = true;
        if (!_receives)
        {
            _receives = true;
            var entry = _received.Begin(_descriptor, _isUnix, _requests.DataOf(UringKind.Receive));
            _requests.SubmitLast(entry);
            _hangUp.AwaitBeside(entry, ref _requests, _descriptor);
        }

        return false;
    }

    public IoResult Send(SendBuffer buffer)
    {
        if (!_reactor.IsDriven || !_reactor.IsCurrentThread)
        {
            return SendNow(buffer);
        }

        if (_closing)
        {
            return IoResult.Failed(TransportError.Aborted);
        }

        _sending = buffer;
        SubmitSend();
        return IoResult.Pending;
    }

    /// <summary>By a system call, since a request waits for the end of the turn.</summary>
    public IoResult SendNow(SendBuffer buffer)
    {
        while (buffer.Length > 0)
        {
            _set.Counts.DirectSend();
            var result = DirectSend.Try(_reactor.Calls, _descriptor, buffer);
            if (result.WouldBlock)
            {
                _sending = buffer;
                Volatile.Write(ref _handedOver, 1);
                _reactor.Post(this);
                return IoResult.Pending;
            }

            if (!result.IsOk)
            {
                return LostErrors.OfSend(_descriptor, _isUnix, result.Error);
            }

            buffer.Sent(result.Value);
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
        return false;
    }

    /// <summary>A send was handed over, or the close has come to the reactor.</summary>
    public void Execute()
    {
        if (Interlocked.Exchange(ref _handedOver, 0) != 0)
        {
            if (_closing)
            {
                EndSend(IoResult.Failed(TransportError.Aborted));
            }
            else
            {
                SubmitSend();
            }
        }

        if (_closing && !_closes)
        {
            _closes = true;
            _requests.CancelAll();
            TellClosed();
            _watch = _closed ? null : new UringCloseWatch(_timers, _reactor, this);
        }
    }

    /// <summary>The close does not end: who waits is told. True when the kernel holds a send.</summary>
    public bool TellLost()
    {
        TellReadable();
        Events.OnStreamLost(_requests.GiveUp(), _output.IsSending);
        return _output.IsSending;
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _received.Drop();
        _requests.GiveBack();
        Sockets.Close(_descriptor);
        if (_watch is not { IsLost: true })
        {
            _reactor.Forget();
        }
    }

    private void TellReadable()
    {
        if (_waits)
        {
            _waits = false;
            Events.OnReadable();
        }
    }

    // Nobody takes what the request goes on to receive, or it receives too little at a time, or would wait for ever.
    private void EndReceive(bool goesOn)
    {
        if (goesOn && !_ends && !_closes
            && (_received.Held > _set.MostHeld || _received.ComesInBulk || _hangUp.HasCome))
        {
            _ends = true;
            _requests.Cancel(UringKind.Receive);
        }
    }

    private void TellClosed()
    {
        if (_closes && !_closed && _requests.InFlight == 0)
        {
            _closed = true;
            _watch?.End();
            Events.OnStreamClosed();
        }
    }

    private void SubmitSend() => _requests.Submit(_output.Begin(_sending!, _requests.DataOf(UringKind.Send)));

    private void OnSent(in Completion completion)
    {
        var result = _output.End(completion, _sending!, _closing);
        if (result.Status == IoStatus.Pending)
        {
            SubmitSend();
        }
        else
        {
            EndSend(result);
        }
    }

    private void EndSend(IoResult result)
    {
        _sending = null;
        if (_watch is not { KeepsSend: true })
        {
            Events.OnSendCompleted(result);
        }
    }
}
