using System.Runtime.CompilerServices;
using System.Text;
using NetCore.Core;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc.Internal;

/// <summary>One call at the server, from its request to the end of its handler and of its stream; pooled.</summary>
internal sealed class ServerCall : IncomingCall, ITimerTarget
{
    private const int NotReplied = 0;
    private const int Replied = 1;

    private readonly ServerWorld _server;
    private readonly WheelTimer _timer;
    private readonly Lock _cancelLock = new();
    private readonly Action _finish;
    private ServerPeer _peer = null!;
    private RpcMethod? _method;
    private LeasedBytes _request;
    private CancellationTokenSource? _cancellation;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _pending;
    private long _deadline;
    private int _reply;
    private int _ends;
    private bool _oneWay;
    private bool _cancelRequested;
    private bool _timerSet;
    private bool _unreadable;
    private volatile bool _streamEnded;

    public ServerCall(ServerWorld server)
    {
        _server = server;
        _timer = new WheelTimer(this);
        _finish = OnHandlerCompleted;
        Stream = new ServerStream(this);
    }

    public ServerStream Stream { get; }

    /// <summary>The next in the peer's queue.</summary>
    public ServerCall? Next { get; set; }

    public override RpcMethod Method => _method!;

    public override TimeSpan TimeLeft =>
        TimeSpan.FromMilliseconds(Math.Max(0, _deadline - _server.World.Timers.Now));

    public override TransportAddress RemoteAddress => _peer.Session.Connection.RemoteAddress;

    public override CancellationToken CancellationToken
    {
        get
        {
            lock (_cancelLock)
            {
                _cancellation ??= new CancellationTokenSource();
                if (_cancelRequested)
                {
                    _cancellation.Cancel();
                }
                else if (!_timerSet)
                {
                    _timerSet = true;
                    _server.World.Timers.Schedule(_timer, _deadline - _server.World.Timers.Now, Stream.Life);
                }

                return _cancellation.Token;
            }
        }
    }

    public void Begin(ServerPeer peer) => _peer = peer;

    /// <summary>The request has arrived. Receive callback.</summary>
    public void OnRequest(in IncomingMessage message)
    {
        if (!RequestHeader.TryRead(in message, out var header) || !message.IsLast)
        {
            _deadline = long.MaxValue;
            Fail(RpcErrorCode.BadMessage, RpcExecution.NotSent, "The request has no valid header.");
            Finish();
            return;
        }

        _oneWay = header.OneWay;
        _deadline = _server.World.Timers.Now + header.TimeoutMilliseconds;
        _method = _server.Router.Find(header.MethodId);
        if (_method is null)
        {
            RpcLog.UnknownMethod(_server.Logger, RemoteAddress, header.MethodId);
            Fail(RpcErrorCode.UnknownMethod, RpcExecution.NotSent,
                "The server does not serve it: is the service registered there, and is the contract the same version?");
            Finish();
            return;
        }

        try
        {
            _request = message.Retain(RequestHeader.Size, message.Length - RequestHeader.Size);
        }
        catch (ByteBudgetExceededException)
        {
            Fail(RpcErrorCode.Overloaded, RpcExecution.NotSent, "The server's memory budget is used up.");
            Finish();
            return;
        }

        if (_oneWay)
        {
            // Taken: the caller's place is free again, whatever the handler does.
            SendReply(_peer.Session.RentMessage());
        }

        _peer.Enqueue(this);
    }

    /// <summary>The stream has ended, with the answer or without.</summary>
    public void OnStreamEnded(in StreamEnd end)
    {
        _streamEnded = true;
        if (end.Kind != StreamEndKind.Completed)
        {
            RequestCancel(Stream.Life);
        }

        EndOne();
    }

    /// <summary>Runs the handler unless nobody waits for it any more.</summary>
    /// <returns>False when the handler goes on elsewhere and reports to the peer when it is over.</returns>
    public bool Run()
    {
        if (_streamEnded && !_oneWay)
        {
            Finish();
            return true;
        }

        if (_server.World.Timers.Now >= _deadline)
        {
            Fail(RpcErrorCode.DeadlineExceeded, RpcExecution.NotSent, "The deadline had passed before it was started.");
            Finish();
            return true;
        }

        try
        {
            var task = _server.Dispatcher.DispatchAsync(this);
            if (!task.IsCompleted)
            {
                _pending = task.ConfigureAwait(false).GetAwaiter();
                _pending.UnsafeOnCompleted(_finish);
                return false;
            }

            task.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            OnFailed(e);
        }

        Finish();
        return true;
    }

    public override TRequest Read<TRequest>(IMessageCodec<TRequest> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        try
        {
            var reader = new RpcReader(_request, 0);
            var value = codec.Decode(ref reader);
            reader.ExpectEnd();
            return value;
        }
        catch (RpcFormatException)
        {
            _unreadable = true;
            throw;
        }
    }

    public override void Reply<TResponse>(IMessageCodec<TResponse> codec, TResponse response)
    {
        ArgumentNullException.ThrowIfNull(codec);
        if (_oneWay)
        {
            return;
        }

        var message = _peer.Session.RentMessage();
        try
        {
            new ResponseHeader(RpcErrorCode.None, RpcExecution.Executed).Write(message);
            codec.Encode(in response, new RpcWriter(message));
        }
        catch
        {
            message.Dispose();
            throw;
        }

        if (_peer.Session.IsTooLarge(message))
        {
            message.Dispose();
            Fail(RpcErrorCode.MessageTooLarge, "The response is larger than the caller takes.");
            return;
        }

        SendReply(message);
    }

    public override void Fail(RpcErrorCode code, string? detail) => Fail(code, RpcExecution.Executed, detail);

    void ITimerTarget.OnTimer(WheelTimer timer, long token) => RequestCancel(token);

    private void Fail(RpcErrorCode code, RpcExecution execution, string? detail)
    {
        var message = _peer.Session.RentMessage();
        if (_oneWay)
        {
            SendReply(message);
            return;
        }

        try
        {
            new ResponseHeader(code, execution).Write(message);
            if (!string.IsNullOrEmpty(detail))
            {
                var span = message.GetSpan(RpcLimits.MaxErrorDetailBytes)[..RpcLimits.MaxErrorDetailBytes];
                Encoding.UTF8.GetEncoder().Convert(detail, span, flush: true, out _, out var bytes, out _);
                message.Advance(bytes);
            }
        }
        catch (ByteBudgetExceededException)
        {
            message.Dispose();
            _peer.Session.TryReset(Stream, Stream.Life, ResetCode.OutOfMemoryBudget, out _);
            return;
        }

        SendReply(message);
    }

    private void SendReply(OutgoingMessage message)
    {
        if (Interlocked.Exchange(ref _reply, Replied) == Replied)
        {
            message.Dispose();
            return;
        }

        _peer.Session.Send(Stream, message, end: true);
    }

    private void OnHandlerCompleted()
    {
        try
        {
            _pending.GetResult();
        }
        catch (Exception e)
        {
            OnFailed(e);
        }

        var peer = _peer;
        Finish();
        peer.OnHandlerLeft();
    }

    private void OnFailed(Exception error)
    {
        switch (error)
        {
            case RpcException { Code: not RpcErrorCode.None } rejected:
                Fail(rejected.Code, RpcExecution.Executed, rejected.Message);
                break;
            case RpcFormatException when _unreadable:
                Fail(RpcErrorCode.BadMessage, RpcExecution.NotSent, $"The request cannot be read: {error.Message}");
                break;
            case OperationCanceledException when _cancelRequested:
                Fail(RpcErrorCode.Cancelled, RpcExecution.MaybeExecuted, "The handler observed its cancellation.");
                break;
            case ByteBudgetExceededException:
                Fail(RpcErrorCode.OutOfMemoryBudget, RpcExecution.Executed, "The server's memory budget is used up.");
                break;
            default:
                RpcLog.HandlerFailed(_server.Logger, Method, RemoteAddress, error);
                Fail(RpcErrorCode.HandlerFailed, RpcExecution.Executed, _server.ExposeExceptionMessages
                    ? $"{error.GetType().Name}: {error.Message}"
                    : $"The handler failed with {error.GetType().Name}; the server's log has the details.");
                break;
        }
    }

    // The handler is over, or never ran. After this the object may belong to another call.
    private void Finish()
    {
        if (Volatile.Read(ref _reply) == NotReplied)
        {
            Fail(RpcErrorCode.HandlerFailed, RpcExecution.Executed, "The dispatcher completed without an answer.");
        }

        if (_timerSet)
        {
            _server.World.Timers.Cancel(_timer);
        }

        _request.Dispose();
        _request = default;
        _peer.Session.Release(Stream);
        EndOne();
    }

    private void RequestCancel(long life)
    {
        CancellationTokenSource? cancellation;
        lock (_cancelLock)
        {
            if (Stream.Life != life || _cancelRequested)
            {
                return;
            }

            _cancelRequested = true;
            cancellation = _cancellation;
        }

        if (cancellation is not null)
        {
            // Callbacks of the token are user code: never on a receive callback or the timer's thread.
            _server.World.Executor.Post(new CancelItem(cancellation));
        }
    }

    // Two things end a call, the stream and the handler, in any order; the second one recycles.
    private void EndOne()
    {
        if (Interlocked.Increment(ref _ends) != 2)
        {
            return;
        }

        lock (_cancelLock)
        {
            Stream.NextLife();

            // A source whose cancellation was requested may still be cancelled later: it is not used again.
            if (_cancelRequested || (_cancellation is { } used && !used.TryReset()))
            {
                _cancellation = null;
            }

            _cancelRequested = _timerSet = false;
        }

        _ends = 0;
        _reply = NotReplied;
        _oneWay = _unreadable = _streamEnded = false;
        _method = null;
        _pending = default;
        _server.Calls.Return(this);
    }
}
