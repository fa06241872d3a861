using System.Net.Sockets;
using NetCore.Core;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>Accepts on one reactor and hands each connection to the one with the least to do.</summary>
/// <remarks>
/// Level-triggered: what one event leaves comes again with the next. When descriptors or memory run out it listens to
/// no events for a while instead of being told of the same connection a million times a second.
/// </remarks>
internal sealed class EpollListener : Listener, IReactorHandler, IThreadPoolWorkItem, ITimerTarget
{
    // Then the reactor's other work goes first.
    private const int MaxAccepts = 64;

    private const int FirstPauseMilliseconds = 10;
    private const int LongestPauseMilliseconds = 1000;

    private readonly EpollHost _host;
    private readonly Socket _socket;
    private readonly int _descriptor;
    private readonly Action<Connection> _onAccepted;
    private readonly Reactor _reactor;
    private readonly WheelTimer _pause;
    private readonly Completion<bool> _closed;
    private readonly HashSet<TransportError> _logged = [];
    private int _pauseMilliseconds = FirstPauseMilliseconds;
    private ulong _id;
    private bool _registered;
    private bool _ended;

    // Itself and the descriptors on their way to their reactors: the last one says that no callback runs any more.
    private int _open = 1;
    private volatile bool _disposed;

    public EpollListener(EpollHost host, Socket socket, TransportAddress address, Action<Connection> onAccepted)
    {
        _host = host;
        _socket = socket;
        _descriptor = (int)socket.Handle;
        _onAccepted = onAccepted;
        Address = address;
        _reactor = TakeReactor();
        _pause = new WheelTimer(this);
        _closed = new Completion<bool>(host.World.Executor);
        socket.Blocking = false;
        host.Log.Listening(address);
        _reactor.Post(this);
    }

    public override TransportAddress Address { get; }

    public override string Backend => EpollHost.Backend;

    public override ValueTask DisposeAsync()
    {
        _disposed = true;
        _reactor.Post(this);
        return new ValueTask(_closed.Task);
    }

    /// <summary>On the reactor: begins, goes on after a pause, or ends.</summary>
    public void Execute()
    {
        if (_ended)
        {
            return;
        }

        if (_disposed)
        {
            End();
        }
        else if (!_registered)
        {
            var added = _reactor.TryAdd(_descriptor, EpollFlags.In, this, out _id);
            _registered = added.IsOk;
            if (!added.IsOk)
            {
                Pause(added.Error);
            }
        }
        else
        {
            _reactor.Change(_descriptor, EpollFlags.In, _id);
        }
    }

    public void OnTimer(WheelTimer timer, long token) => _reactor.Post(this);

    public void OnReactorEnds()
    {
        _disposed = true;
        _reactor.Post(this);
    }

    public bool OnEvents(EpollFlags events)
    {
        Accept();
        return true;
    }

    private void Accept()
    {
        for (var i = 0; i < MaxAccepts && !_disposed; i++)
        {
            var accepted = _reactor.Calls.Accept(_descriptor);
            if (accepted.IsOk)
            {
                _pauseMilliseconds = FirstPauseMilliseconds;
                _logged.Clear();
                HandOver(accepted.Value);
            }
            else if (accepted.WouldBlock)
            {
                return;
            }
            else if (accepted.Error is not (Errno.ConnectionAborted or Errno.Protocol))
            {
                // Those two are of a client that gave up while it waited.
                _reactor.Change(_descriptor, EpollFlags.None, _id);
                Pause(accepted.Error);
                return;
            }
        }
    }

    private Reactor TakeReactor()
    {
        try
        {
            return _host.Reactors.Take();
        }
        catch (ObjectDisposedException)
        {
            _socket.Dispose();
            throw;
        }
    }

    private void HandOver(int descriptor)
    {
        var reactor = _host.Reactors.Take();
        Interlocked.Increment(ref _open);
        if (reactor == _reactor)
        {
            new Accepted(this, reactor, descriptor).Execute();
        }
        else
        {
            reactor.Post(new Accepted(this, reactor, descriptor));
        }
    }

    private void Pause(Errno errno)
    {
        var error = NativeErrors.Translate(errno);
        _host.Metrics.AcceptError(error);
        if (_logged.Add(error))
        {
            _host.Log.AcceptFailed(Address, error, NativeErrors.Failed(errno).Exception!);
        }

        _host.World.Timers.Schedule(_pause, _pauseMilliseconds);
        _pauseMilliseconds = Math.Min(_pauseMilliseconds * 2, LongestPauseMilliseconds);
    }

    private void End()
    {
        _ended = true;
        _host.World.Timers.Cancel(_pause);
        if (_registered)
        {
            _reactor.Remove(_descriptor, _id);
        }

        // .NET removes the file of a Unix socket here.
        _socket.Dispose();
        _reactor.Forget();
        _host.Log.ListenerClosed(Address);
        Leave();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _closed.TrySetResult(true);
        }
    }

    // A descriptor on its way to its reactor.
    private sealed class Accepted(EpollListener listener, Reactor reactor, int descriptor) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            Accept();
            listener.Leave();
        }

        private void Accept()
        {
            PumpConnection connection;
            try
            {
                connection = listener._host.Adopt(reactor, descriptor, "s", listener.Address);
            }
            catch (TransportException exception)
            {
                listener._host.Metrics.AcceptError(exception.Error);
                return;
            }

            if (listener._disposed)
            {
                connection.Abort(
                    TransportError.Aborted, "The listener was disposed before the connection was accepted.");
                return;
            }

            AcceptCallback.Invoke(listener._onAccepted, connection, listener.Address);
        }
    }
}
