using Microsoft.Extensions.Logging;
using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Rpc.Internal;

/// <summary>Calls of one connection whose callers go on on the thread that received the answers.</summary>
/// <remarks>
/// The answers of a batch are a list of that thread alone and run at the end of the batch, while the connection still
/// holds its sends. What ends elsewhere, or by what those callers do, is posted to the reactor; without a reactor, or
/// after the close, when there may be none any more, it goes the way of the pool. So a run is as long as what was there
/// at its begin, whatever the callers do.
/// </remarks>
internal sealed class BatchContinuations : IThreadPoolWorkItem
{
    private readonly Connection _connection;
    private readonly CallQueue _pool;
    private readonly StallWatch _watch;
    private readonly StallSlot _slot;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();

    // Of the receiving thread, which is named from the first answer of a batch to its end.
    private int _thread;
    private CallList _answered;

    // Guarded by the lock.
    private CallList _posted;
    private bool _hasReactor;

    public BatchContinuations(World world, Connection connection, CallQueue pool, TimeSpan stallThreshold)
    {
        _connection = connection;
        _pool = pool;
        _logger = world.LoggerFactory.CreateLogger("NetCore.Rpc");
        var metrics = world.GetOrAdd(static _ => new RpcMetrics());
        _watch = new StallWatch(world, stallThreshold, method =>
        {
            metrics.Stalled(method, "continuation");
            RpcLog.ContinuationStalls(_logger, method, (long)stallThreshold.TotalMilliseconds);
        });
        _slot = _watch.Add();
        _hasReactor = connection.Executor.IsSingleThread;
    }

    /// <summary>An answer has come; inside a receive callback.</summary>
    public void OnAnswer()
    {
        if (_thread == 0)
        {
            Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        }
    }

    /// <summary>A call is over; from any thread.</summary>
    public void Add(IQueuedCall call)
    {
        // Another thread never finds itself here: what it reads may be old, but is not its own.
        if (Volatile.Read(ref _thread) == Environment.CurrentManagedThreadId)
        {
            _answered.Add(call);
        }
        else
        {
            Post(call);
        }
    }

    /// <summary>The receive batch is over: its callers go on.</summary>
    public void OnBatchEnd()
    {
        if (_thread == 0)
        {
            return;
        }

        Run(_answered.TakeAll());
        var more = _answered.TakeAll();
        Volatile.Write(ref _thread, 0);
        while (CallList.Next(ref more) is { } call)
        {
            Post(call);
        }
    }

    /// <summary>The connection has ended and its reactor may go.</summary>
    public void OnClosed()
    {
        lock (_lock)
        {
            _hasReactor = false;
        }

        _watch.Remove(_slot);
    }

    /// <summary>What was posted to the reactor.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        IQueuedCall? calls;
        lock (_lock)
        {
            calls = _posted.TakeAll();
        }

        _connection.HoldSends();
        try
        {
            Run(calls);
        }
        finally
        {
            _connection.ReleaseSends();
        }
    }

    private void Post(IQueuedCall call)
    {
        lock (_lock)
        {
            if (_hasReactor)
            {
                // Under the lock, so that it comes to the reactor before the close is over.
                if (_posted.Add(call))
                {
                    _connection.Executor.Post(this);
                }

                return;
            }
        }

        _pool.Enqueue(call);
    }

    private void Run(IQueuedCall? calls)
    {
        var context = ExecutionContext.Capture();
        while (CallList.Next(ref calls) is { } call)
        {
            var method = call.Method;
            _slot.Enter(method);
            try
            {
                call.Run();
            }
#pragma warning disable CA1031 // It is somebody else's code; what it throws must not reach the engine.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                RpcLog.ContinuationThrew(_logger, method, exception);
            }

            _slot.Leave();
            if (context is not null)
            {
                // What user code left in its flow (AsyncLocal) is not for the next call.
                ExecutionContext.Restore(context);
            }
        }
    }
}
