using NetCore.Core;
using NetCore.Framing;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The caller's side of a call with items.</summary>
/// <remarks>Made per call and never reused, so that nothing here has to tell one life from the next.</remarks>
internal sealed class CallerStream : SessionStream, IStreamSide
{
    private readonly RpcClient _client;
    private readonly long _timeout;
    private readonly Lock _lock = new();
    private CancellationTokenRegistration _registration;
    private CancellationTokenSource? _overSource;
    private int _finished;

    public CallerStream(RpcClient client, RpcMethod method, long timeout)
    {
        IsPaced = true;
        _client = client;
        _timeout = timeout;
        Method = method;
        Items = new RpcStream(this);
    }

    public RpcStream Items { get; }

    public RpcMethod Method { get; }

    public World World => _client.World;

    public PeerSession Session => _client.Session;

    SessionStream IStreamSide.Stream => this;

    public int Quarter => _client.Quarter;

    public CancellationToken Over
    {
        get
        {
            lock (_lock)
            {
                _overSource ??= new CancellationTokenSource();
                if (IsFinished && !_overSource.IsCancellationRequested)
                {
                    // A new one has no registrations yet, so that this runs no user code.
                    _overSource.Cancel();
                }

                return _overSource.Token;
            }
        }
    }

    private bool IsFinished => Volatile.Read(ref _finished) != 0;

    /// <summary>Sends the request, which is taken over.</summary>
    public void Open(OutgoingMessage request, long deadline, CancellationToken token)
    {
        Deadline = deadline;
        var opened = Session.Open(
            this, request, UpperProtocol.Rpc, end: !Method.SendsItems, frameClass: FrameClass.Bulk);
        if (opened != OpenResult.Opened)
        {
            Finish(CallErrors.OfOpen(opened, Session));
        }
        else if (token.CanBeCanceled)
        {
            var registration = token.UnsafeRegister(
                static (stream, token) => ((CallerStream)stream!).Cancel(token), this);
            lock (_lock)
            {
                _registration = registration;
            }

            if (IsFinished)
            {
                registration.Unregister();
            }
        }
    }

    /// <summary>The call was not sent, or it ended without an answer.</summary>
    public void Finish(in CallOutcome failure) => Finish(in failure, default);

    public void Wake(IQueuedCall call) => _client.Complete(call);

    public void Consume(int bytes) => Session.Consume(this, Life, bytes);

    public void FlushWrites() => Items.Writer.Flush();

    public Exception ToException(in CallOutcome failure) => CallErrors.ToException(in failure, Method);

    public void CompleteWriting(in CallOutcome failure)
    {
        if (!Method.SendsItems)
        {
            return;
        }

        var message = Session.RentMessage();
        try
        {
            ErrorReply.Write(in failure, message);
        }
        catch (ByteBudgetExceededException)
        {
            message.Dispose();
            GiveUp(CallErrors.OutOfBudget(RpcExecution.MaybeExecuted));
            return;
        }

        Items.Writer.Complete(message);
    }

    public void GiveUp(in CallOutcome failure)
    {
        if (Session.TryReset(this, Life, ResetCode.Failed, out _))
        {
            Finish(in failure);
        }
    }

    public void Cancel(CancellationToken token)
    {
        Session.TryReset(this, Life, ResetCode.Cancelled, out _);
        Items.Reader.Drop(token);
        Finish(new CallOutcome(RpcErrorCode.Cancelled, RpcExecution.MaybeExecuted, "The caller has cancelled."));
    }

    public void Leave()
    {
        if (!IsFinished)
        {
            Cancel(CancellationToken.None);
        }
    }

    protected override void OnFramed(int bytes) => Items.Writer.OnFramed(bytes);

    protected override void OnMessage(in IncomingMessage message)
    {
        _client.OnAnswer();
        if (!message.IsLast)
        {
            if (!Method.GetsItems || !Items.Reader.Append(in message))
            {
                GiveUp(new CallOutcome(RpcErrorCode.BadMessage, RpcExecution.MaybeExecuted,
                    "The server's items cannot be read: are client and server of the same contract?"));
            }

            return;
        }

        OnAnswer(in message);

        // What this side still sends has no taker any more. Where both halves have ended it does nothing.
        Session.TryReset(this, Life, ResetCode.Cancelled, out _);
    }

    protected override void OnEnded(in StreamEnd end) => Finish(end.Kind == StreamEndKind.DeadlineExceeded
        ? CallErrors.Deadline(end.Sent, _timeout) : CallErrors.OfEnd(in end, Session));

    private void OnAnswer(in IncomingMessage message)
    {
        if (!ResponseHeader.TryRead(in message, out var header))
        {
            Finish(new CallOutcome(
                RpcErrorCode.BadMessage, RpcExecution.MaybeExecuted, "The response has no valid header."));
        }
        else if (header.Code != RpcErrorCode.None)
        {
            Finish(new CallOutcome(header.Code, header.Execution, ResponseHeader.ReadDetail(in message)));
        }
        else
        {
            var length = message.Length - ResponseHeader.Size;
            Finish(default, length == 0 ? default : message.Retain(ResponseHeader.Size, length));
        }
    }

    private void Finish(in CallOutcome failure, LeasedBytes response)
    {
        if (Interlocked.Exchange(ref _finished, 1) != 0)
        {
            response.Dispose();
            return;
        }

        Items.Reader.End(in failure, response);
        Items.Writer.End();
        CancellationTokenSource? over;
        CancellationTokenRegistration registration;
        lock (_lock)
        {
            over = _overSource;
            registration = _registration;
        }

        registration.Unregister();
        if (over is not null)
        {
            // Its callbacks are user code: never on a receive callback.
            World.Executor.Post(new CancelItem(over));
        }
    }
}
