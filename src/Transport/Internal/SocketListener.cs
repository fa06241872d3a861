using System.Net.Sockets;

namespace NetCore.Transport.Internal;

/// <summary>Accepts until disposed; whatever goes wrong meanwhile, it goes on.</summary>
internal sealed class SocketListener : Listener
{
    // Short enough that nobody notices one failure, long enough at the top that 1 s of "too many open files" costs
    // nothing; it doubles in between.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly SocketHost _host;
    private readonly Socket _socket;
    private readonly Action<Connection> _onAccepted;
    private readonly Task _loop;
    private readonly Lock _lock = new();

    // Guarded by the lock.
    private bool _disposed;
    private TimerDelay? _pause;

    // Of the loop: errors that were logged since the last success.
    private readonly HashSet<TransportError> _logged = [];

    public SocketListener(SocketHost host, Socket socket, TransportAddress address, Action<Connection> onAccepted)
    {
        _host = host;
        _socket = socket;
        _onAccepted = onAccepted;
        Address = address;
        host.Log.Listening(address);
        _loop = AcceptAllAsync();
    }

    public override TransportAddress Address { get; }

    public override string Backend => SocketHost.Backend;

    public override async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
            _pause?.Cut();
        }

        // Ends a pending accept; .NET removes the file of a Unix socket here.
        _socket.Dispose();
        await _loop.ConfigureAwait(false);
    }

    private async Task AcceptAllAsync()
    {
        // The caller has its listener before the first connection comes.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var pause = FirstPause;
        while (!IsDisposed())
        {
            try
            {
                var socket = await _socket.AcceptAsync().ConfigureAwait(false);
                pause = FirstPause;
                _logged.Clear();
                HandOver(socket);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionAborted)
            {
                // A client that gave up while it waited: the next one is not to wait for it.
            }
#pragma warning disable CA1031 // A loop that dies leaves a listener that looks alive.
            catch (Exception exception) when (!IsDisposed())
#pragma warning restore CA1031
            {
                await PauseAsync(exception, pause).ConfigureAwait(false);
                pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                break;
            }
        }

        _host.Log.ListenerClosed(Address);
    }

    private void HandOver(Socket socket)
    {
        PumpConnection connection;
        try
        {
            connection = _host.Adopt(socket, "s", Address);
        }
        catch (TransportException exception)
        {
            _host.Metrics.AcceptError(exception.Error);
            return;
        }

        if (IsDisposed())
        {
            connection.Abort(TransportError.Aborted, "The listener was disposed before the connection was accepted.");
            return;
        }

        AcceptCallback.Invoke(_onAccepted, connection, Address);
    }

    private async ValueTask PauseAsync(Exception exception, TimeSpan pause)
    {
        var error = exception is SocketException socket
            ? SocketErrors.Translate(socket.SocketErrorCode) : TransportError.SystemError;
        _host.Metrics.AcceptError(error);
        if (_logged.Add(error))
        {
            _host.Log.AcceptFailed(Address, error, exception);
        }

        TimerDelay delay;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            delay = _pause = new TimerDelay(_host.World, pause);
        }

        await delay.Task.ConfigureAwait(false);
    }

    private bool IsDisposed()
    {
        lock (_lock)
        {
            return _disposed;
        }
    }
}
