using System.Threading.Tasks.Sources;

namespace NetCore.Rpc.Internal;

/// <summary>What a stream has handed to its session, and the writer that waits until that is sent.</summary>
internal sealed class SendRoom(IStreamSide side) : IValueTaskSource<bool>, IQueuedCall
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _source;

    // Guarded by the lock.
    private bool _waiting;
    private int _ahead;
    private volatile bool _over;

    IQueuedCall? IQueuedCall.Next { get; set; }

    RpcMethod IQueuedCall.Method => side.Method;

    /// <summary>The call is over: nothing is sent any more.</summary>
    public bool IsOver => _over;

    private bool HasRoom => Volatile.Read(ref _ahead) <= RpcLimits.ItemBytesAhead;

    /// <summary>Before bytes are handed over, because they may be framed at once.</summary>
    public void Take(int bytes) => Interlocked.Add(ref _ahead, bytes);

    /// <summary>The session has got rid of bytes.</summary>
    public void Give(int bytes)
    {
        if (Interlocked.Add(ref _ahead, -bytes) <= RpcLimits.ItemBytesAhead / 2)
        {
            Wake();
        }
    }

    public void End()
    {
        _over = true;
        Wake();
    }

    /// <summary>Completes when there is room; false when the call is over.</summary>
    public ValueTask<bool> WaitAsync()
    {
        if (_over || HasRoom)
        {
            return new(!_over);
        }

        lock (_lock)
        {
            if (_over || HasRoom)
            {
                return new(!_over);
            }

            if (_waiting)
            {
                throw new InvalidOperationException("A write of the stream is under way already.");
            }

            _source.Reset();
            _waiting = true;
            return new ValueTask<bool>(this, _source.Version);
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) =>
        _source.GetStatus(token) == ValueTaskSourceStatus.Pending
            ? throw new InvalidOperationException("There is no room yet. Await the write; blocking does not wait.")
            : _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <summary>The writer goes on.</summary>
    bool IQueuedCall.Run()
    {
        _source.SetResult(!_over);
        return true;
    }

    private void Wake()
    {
        lock (_lock)
        {
            if (!_waiting)
            {
                return;
            }

            _waiting = false;
        }

        side.Wake(this);
    }
}
