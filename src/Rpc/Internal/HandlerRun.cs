using System.Runtime.CompilerServices;

namespace NetCore.Rpc.Internal;

/// <summary>The user code of one call: starts on either lane, and may go on elsewhere; reused with its call.</summary>
internal sealed class HandlerRun
{
    private readonly ServerWorld _server;
    private readonly ServerCall _call;
    private readonly Action _finish;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _pending;

    public HandlerRun(ServerWorld server, ServerCall call)
    {
        _server = server;
        _call = call;
        _finish = OnCompleted;
    }

    /// <summary>Starts it. When it is over with that, the call has been finished too.</summary>
    /// <param name="inline">On the receiving thread, with a lent request.</param>
    /// <returns>False when it goes on elsewhere and tells the peer's queue when it is over.</returns>
    public bool Start(bool inline)
    {
        try
        {
            var task = _call.Peer.Dispatcher.DispatchAsync(_call);
            if (!task.IsCompleted)
            {
                if (inline)
                {
                    LeaveThread();
                }

                // Those with items may wait for long: they are bounded by the number of streams, and leave the slots of
                // the queue to calls.
                var leaves = _call.Stream is not null;
                _pending = task.ConfigureAwait(false).GetAwaiter();
                _pending.UnsafeOnCompleted(_finish);
                return leaves;
            }

            task.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            OnFailed(e);
        }

        _call.Finish();
        return true;
    }

    // An inline method goes async: from here on it is a call like those that the queue has started.
    private void LeaveThread()
    {
        _call.Body.EndLoan();
        _call.Peer.Calls.OnJoined();
        _server.Metrics.WentAsync(_call.Method);
        RpcLog.InlineWentAsync(_server.Logger, _call.Method, _call.RemoteAddress);
    }

    private void OnCompleted()
    {
        try
        {
            _pending.GetResult();
        }
        catch (Exception e)
        {
            OnFailed(e);
        }

        _pending = default;
        var calls = _call.Stream is null ? _call.Peer.Calls : null;
        _call.Finish();
        calls?.OnLeft();
    }

    private void OnFailed(Exception error)
    {
        var isLate = _call.TimeLeft == TimeSpan.Zero;
        var outcome = ErrorReply.Of(error, _call.Body, _call.WasCancelled, isLate, _server.ExposeExceptionMessages);
        if (outcome.Code == RpcErrorCode.HandlerFailed)
        {
            RpcLog.HandlerFailed(_server.Logger, _call.Method, _call.RemoteAddress, error);
        }

        _call.Fail(in outcome);
    }
}
