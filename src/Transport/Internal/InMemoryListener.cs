using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Hands over in-memory connections, one work item each.</summary>
internal sealed class InMemoryListener(
    World world, InMemoryNames names, TransportAddress address, Action<Connection> onAccepted, int backlog) : Listener
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _idle = new();

    // Guarded by the lock: connections that were promised and not yet handed over.
    private int _pending;
    private bool _disposed;

    public override TransportAddress Address => address;

    public override string Backend => InMemoryNames.Backend;

    /// <summary>Takes a place in the backlog, which <see cref="Accept"/> then uses.</summary>
    public bool TryReserve()
    {
        lock (_lock)
        {
            if (_disposed || _pending >= backlog)
            {
                return false;
            }

            _pending++;
            return true;
        }
    }

    public void Accept(PumpConnection connection) => world.Executor.Post(new AcceptItem(this, connection));

    public override ValueTask DisposeAsync()
    {
        names.Remove(this);
        lock (_lock)
        {
            _disposed = true;
            if (_pending == 0)
            {
                _idle.TrySetResult();
            }
        }

        return new ValueTask(_idle.Task);
    }

    private void HandOver(PumpConnection connection)
    {
        bool disposed;
        lock (_lock)
        {
            disposed = _disposed;
        }

        if (disposed)
        {
            connection.Abort(TransportError.Aborted, "The listener was disposed before the connection was accepted.");
        }
        else
        {
            AcceptCallback.Invoke(onAccepted, connection, address);
        }

        lock (_lock)
        {
            if (--_pending > 0 || !_disposed)
            {
                return;
            }
        }

        _idle.TrySetResult();
    }

    private sealed class AcceptItem(InMemoryListener listener, PumpConnection connection) : IThreadPoolWorkItem
    {
        public void Execute() => listener.HandOver(connection);
    }
}
