using System.Net.Sockets;
using NetCore.Core;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>Accepts on one reactor and hands each connection to the one with the least to do.</summary>
/// <remarks>When descriptors or memory run out it does not accept for a while.</remarks>
internal abstract class ReactorListener : Listener, IReactorHandler, IThreadPoolWorkItem, ITimerTarget
{
    private const int FirstPauseMilliseconds = 10;
    private const int LongestPauseMilliseconds = 1000;

    private readonly ReactorHost _host;
    private readonly Socket _socket;
    private readonly Action<Connection> _onAccepted;
    private readonly WheelTimer _pause;
    private readonly Completion<bool> _closed;
    private readonly HashSet<TransportError> _logged = [];
    private int _pauseMilliseconds = FirstPauseMilliseconds;
    private bool _ended;

    // Itself and the descriptors on their way to their reactors: the last one says that no callback runs any more.
    private int _open = 1;
    private volatile bool _disposed;

    protected ReactorListener(ReactorHost host, Socket socket, TransportAddress address, Action<Connection> onAccepted)
    {
        _host = host;
        _socket = socket;
        Descriptor = (int)socket.Handle;
        _onAccepted = onAccepted;
        Address = address;
        Reactor = TakeReactor();
        _pause = new WheelTimer(this);
        _closed = new Completion<bool>(host.World.Executor);
        socket.Blocking = false;
    }

    public override TransportAddress Address { get; }

    public override string Backend => _host.Backend;

    protected Reactor Reactor { get; }

    protected int Descriptor { get; }

    protected bool IsDisposed => _disposed;

    /// <summary>Begins, once it is wholly made.</summary>
    public void Start()
    {
        _host.Log.Listening(Address);
        Reactor.Post(this);
    }

    public override ValueTask DisposeAsync()
    {
        _disposed = true;
        Reactor.Post(this);
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
            if (TryStopAccepting())
            {
                End();
            }
        }
        else if (Accept() is { IsOk: false } refused)
        {
            Pause(refused.Error);
        }
    }

    public void OnTimer(WheelTimer timer, long token) => Reactor.Post(this);

    public void OnReactorEnds()
    {
        _disposed = true;
        Reactor.Post(this);
    }

    /// <summary>Begins to accept, or goes on after a pause.</summary>
    protected abstract SyscallResult Accept();

    /// <summary>
    /// Nothing more is to be accepted; false when that is so only later, and then this object is to be run again.
    /// </summary>
    protected abstract bool TryStopAccepting();

    /// <summary>The error is that of a client which went while it waited.</summary>
    protected static bool GaveUp(Errno error) => error is Errno.ConnectionAborted or Errno.Protocol;

    /// <summary>One has come.</summary>
    protected void OnAccepted(int descriptor)
    {
        _pauseMilliseconds = FirstPauseMilliseconds;
        _logged.Clear();
        HandOver(descriptor);
    }

    /// <summary>Accepts again after a while.</summary>
    protected void Pause(Errno errno)
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
        if (reactor == Reactor)
        {
            new Accepted(this, reactor, descriptor).Execute();
        }
        else
        {
            reactor.Post(new Accepted(this, reactor, descriptor));
        }
    }

    private void End()
    {
        _ended = true;
        _host.World.Timers.Cancel(_pause);
        // .NET removes the file of a Unix socket here.
        _socket.Dispose();
        Reactor.Forget();
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
    private sealed class Accepted(ReactorListener listener, Reactor reactor, int descriptor) : IThreadPoolWorkItem
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
