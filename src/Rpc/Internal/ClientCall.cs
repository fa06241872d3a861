using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>One call that waits for its answer; pooled, and reused when the caller has taken the result.</summary>
/// <remarks>
/// It ends once: the session tells its end, or a reset by cancellation wins. Whoever that is owns the completion, so
/// nothing here needs a lock. Values whose codecs run user code are decoded where the continuation runs.
/// </remarks>
internal sealed class ClientCall<TResponse> : SessionStream, IValueTaskSource<TResponse>, IQueuedCall
{
    // No version of the source, which has 16 bits.
    private const int Claimed = int.MinValue;

    private RpcClient _client = null!;
    private ClientCallPool<TResponse> _pool = null!;
    private ManualResetValueTaskSourceCore<TResponse> _source;
    private RpcMethod? _method;
    private IMessageCodec<TResponse>? _codec;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private CallOutcome _failure;
    private LeasedBytes _retained;
    private TResponse? _response;
    private long _timeout;
    private int _claim;
    private bool _hasResponse;
    private bool _decodeLater;
    private bool _cancelled;

    /// <summary>It is a call of this client from now on.</summary>
    public void Begin(RpcClient client, ClientCallPool<TResponse> pool)
    {
        _client = client;
        _pool = pool;
    }

    /// <summary>Sends the request and gives the task of its answer.</summary>
    public ValueTask<TResponse> Send<TRequest>(
        RpcMethod<TRequest, TResponse> method,
        OutgoingMessage request,
        long deadline,
        long timeout,
        CancellationToken cancellationToken)
    {
        _method = method;
        _codec = method.ResponseCodec;
        _timeout = timeout;
        _claim = _source.Version;
        Deadline = deadline;
        var task = new ValueTask<TResponse>(this, _source.Version);
        var opened = _client.Session.Open(this, request, Framing.UpperProtocol.Rpc, end: true, singleExchange: true);
        if (opened != OpenResult.Opened)
        {
            _failure = CallErrors.OfOpen(opened, _client.Session);
            _client.Complete(this);
            return task;
        }

        if (cancellationToken.CanBeCanceled)
        {
            _cancellationToken = cancellationToken;
            _registration = cancellationToken.UnsafeRegister(
                static call => ((ClientCall<TResponse>)call!).GiveUpCancelled(), this);
        }

        return task;
    }

    public TResponse GetResult(short token)
    {
        // Who asks too early, or twice, must not recycle the call: it may be somebody else's by now.
        if (_source.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The call is not complete. Await it; blocking does not wait for it."
                + (_client is { IsOnReactor: true } // Null when another thread has just taken the result.
                    ? " This is the thread to which its answer comes, which must never block." : ""));
        }

        if (Interlocked.CompareExchange(ref _claim, Claimed, token) != token)
        {
            throw new InvalidOperationException("The result of the call was taken already. Await a call exactly once.");
        }

        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            Recycle();
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    IQueuedCall? IQueuedCall.Next { get; set; }

    /// <inheritdoc/>
    RpcMethod IQueuedCall.Method => _method!;

    /// <summary>Runs the caller's continuation.</summary>
    bool IQueuedCall.Run()
    {
        if (_decodeLater)
        {
            DecodeRetained();
        }

        if (_cancelled)
        {
            _source.SetException(new OperationCanceledException(_cancellationToken));
        }
        else if (_failure.Code != RpcErrorCode.None)
        {
            _source.SetException(CallErrors.ToException(in _failure, _method!));
        }
        else
        {
            _source.SetResult(_response!);
        }

        return true;
    }

    protected override void OnMessage(in IncomingMessage message)
    {
        _client.OnAnswer();
        if (!message.IsLast || !ResponseHeader.TryRead(in message, out var header))
        {
            _failure = new(RpcErrorCode.BadMessage, RpcExecution.MaybeExecuted, "The response has no valid header.");
            return;
        }

        if (header.Code != RpcErrorCode.None)
        {
            _failure = new(header.Code, header.Execution, ResponseHeader.ReadDetail(in message));
            return;
        }

        _hasResponse = true;
        try
        {
            if (_codec!.IsPlain)
            {
                DecodeNow(in message);
            }
            else
            {
                _retained = message.Retain(ResponseHeader.Size, message.Length - ResponseHeader.Size);
                _decodeLater = true;
            }
        }
        catch (ByteBudgetExceededException)
        {
            _failure = CallErrors.OutOfBudget(RpcExecution.Executed);
        }
    }

    protected override void OnEnded(in StreamEnd end)
    {
        if (!_hasResponse && _failure.Code == RpcErrorCode.None)
        {
            _failure = end.Kind == StreamEndKind.DeadlineExceeded
                ? CallErrors.Deadline(end.Sent, _timeout) : CallErrors.OfEnd(in end, _client.Session);
        }

        _client.Complete(this);
    }

    private void GiveUpCancelled()
    {
        if (_client.Session.TryReset(this, Life, ResetCode.Cancelled, out _))
        {
            _cancelled = true;
            _client.Complete(this);
        }
    }

    private unsafe void DecodeNow(in IncomingMessage message)
    {
        var reader = new RpcReader(Unsafe.AsPointer(ref Unsafe.AsRef(in message)), ResponseHeader.Size, null);
        Decode(ref reader);
    }

    private void DecodeRetained()
    {
        try
        {
            var reader = new RpcReader(_retained, 0);
            Decode(ref reader);
        }
        catch (ByteBudgetExceededException)
        {
            _failure = CallErrors.OutOfBudget(RpcExecution.Executed);
        }
        finally
        {
            _retained.Dispose();
            _retained = default;
        }
    }

    // What a codec throws is the call's failure: it may be user code.
    private void Decode(ref RpcReader reader)
    {
        try
        {
            _response = _codec!.Decode(ref reader);
            reader.ExpectEnd();
        }
        catch (Exception e) when (e is not ByteBudgetExceededException)
        {
            // Nobody else will ever have it.
            (_response as IDisposable)?.Dispose();
            _failure = new(RpcErrorCode.BadMessage, RpcExecution.Executed, $"The response cannot be read: {e.Message}");
        }
    }

    private void Recycle()
    {
        // Waits for a cancellation callback that is under way: after this none can reach the object's next use.
        _registration.Dispose();
        _registration = default;
        _cancellationToken = default;
        _failure = default;
        _response = default;
        _method = null;
        _codec = null;
        _client = null!; // The pool must not keep it.
        _hasResponse = _decodeLater = _cancelled = false;
        _source.Reset();
        Life++;
        _pool.Give(this);
    }
}
