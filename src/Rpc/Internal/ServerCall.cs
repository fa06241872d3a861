using NetCore.Core;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc.Internal;

/// <summary>One call at the server, from its request to the end of its handler and of its stream; pooled.</summary>
/// <remarks>
/// Two things end it, its stream and its handler, in any order; the second one recycles it. A stream that ends before
/// its request is whole has no handler. A call whose stream brings more than one message is not reused: frames of it
/// that are being handed out would reach the next call.
/// </remarks>
internal sealed class ServerCall : IncomingCall, IQueuedCall
{
    private readonly ServerWorld _server;
    private readonly CallCancellation _cancellation;
    private readonly HandlerRun _handler;
    private RpcMethod? _method;
    private long _deadline;
    private int _ends;
    private bool _requestSeen;
    private bool _notReusable;
    private ServedStream? _items;
    private volatile bool _streamEnded;

    public ServerCall(ServerWorld server)
    {
        _server = server;
        _cancellation = new CallCancellation(server.World);
        Body = new RequestBody(server.World);
        _handler = new HandlerRun(server, this);
        Wire = new ServerStream(this);
        Answer = new CallReply(Wire);
    }

    public ServerStream Wire { get; }

    public override RpcStream? Stream => _items?.Items;

    public override IInvoker Caller => Peer.Caller;

    public ServerPeer Peer { get; private set; } = null!;

    /// <summary>Nobody waits for the answer any more.</summary>
    public bool WasCancelled => _cancellation.IsRequested;

    /// <inheritdoc/>
    public IQueuedCall? Next { get; set; }

    public override RpcMethod Method => _method!;

    public override TimeSpan TimeLeft =>
        TimeSpan.FromMilliseconds(Math.Max(0, _deadline - _server.World.Timers.Now));

    public override TransportAddress RemoteAddress => Peer.Session.Connection.RemoteAddress;

    public override CancellationToken CancellationToken => _cancellation.TokenUntil(_deadline);

    public void Begin(ServerPeer peer)
    {
        Peer = peer;
        Answer.Session = peer.Session;
    }

    /// <summary>The session has taken a frame of items that the handler wrote.</summary>
    public void OnFramed(int bytes) => _items?.Items.Writer.OnFramed(bytes);

    /// <summary>The request has arrived, or items of the caller. Receive callback.</summary>
    public void OnMessage(in IncomingMessage message)
    {
        if (!_requestSeen)
        {
            _requestSeen = true;
            OnRequest(in message);
        }
        else
        {
            _items?.OnMessage(in message);
        }
    }

    private void OnRequest(in IncomingMessage message)
    {
        var isReadable = RequestHeader.TryRead(in message, out var header);
        var sendsItems = (header.Kind & RpcMethodKind.ClientStream) != 0;
        _notReusable = !message.IsLast;
        if (!message.IsLast && !(isReadable && sendsItems))
        {
            // A call without items is one message; what sends more is no caller of this version.
            GiveUpStream(ResetCode.Failed);
            Finish();
            return;
        }

        // Before anything is found wrong: a caller that waits for nothing is told nothing.
        Answer.IsOneWay = header.OneWay;
        if (!isReadable || message.IsLast == sendsItems)
        {
            Fail(RpcErrorCode.BadMessage, RpcExecution.NotSent, "The request has no valid header.");
            Finish();
            return;
        }

        _deadline = Peer.Session.ReceivedAt + header.TimeoutMilliseconds;
        _method = Peer.Router.Find(header.MethodId);
        if (_method is null)
        {
            RpcLog.UnknownMethod(_server.Logger, RemoteAddress, header.MethodId);
            Fail(RpcErrorCode.UnknownMethod, RpcExecution.NotSent,
                "The server does not serve it: is the service registered there, and is the contract the same version?");
            Finish();
            return;
        }

        if (_method.Kind != header.Kind)
        {
            Fail(RpcErrorCode.BadMessage, RpcExecution.NotSent,
                $"It is {_method.Kind} here and {header.Kind} to its caller: are both of the same contract?");
            Finish();
            return;
        }

        if (_method.Kind != RpcMethodKind.Unary)
        {
            BeginItems(message.IsLast ? 0 : message.Length);
            RunLater(in message);
        }
        else if (_server.IsInline(_method) && Peer.Calls.HasRoom)
        {
            RunInline(in message);
        }
        else
        {
            RunLater(in message);
        }
    }

    /// <summary>The stream has ended, with the answer or without.</summary>
    public void OnStreamEnded(in StreamEnd end)
    {
        _streamEnded = true;
        if (end.Kind != StreamEndKind.Completed && !Answer.IsOneWay)
        {
            _cancellation.Request();
            _items?.OnCancelled();
        }

        if (!_requestSeen)
        {
            // It ended in the middle of its request: no handler will ever free its slot.
            Leave();
        }

        EndOne();
    }

    /// <summary>Runs the handler unless nobody waits for it any more.</summary>
    /// <returns>False when the handler goes on elsewhere and reports to the peer when it is over.</returns>
    public bool Run()
    {
        if (_streamEnded && !Answer.IsOneWay)
        {
            Answer.Withhold();
            Finish();
            return true;
        }

        if (_server.World.Timers.Now >= _deadline)
        {
            Fail(RpcErrorCode.DeadlineExceeded, RpcExecution.NotSent,
                "The deadline of CallOptions.Timeout had passed before it was started.");
            Finish();
            return true;
        }

        return _handler.Start(inline: false);
    }

    public override void Fail(RpcErrorCode code, string? detail) => Fail(code, RpcExecution.Executed, detail);

    /// <summary>Answers with a failure, unless an answer was given.</summary>
    public void Fail(in CallOutcome outcome)
    {
        if (!Answer.IsOneWay && !Answer.TryFail(in outcome))
        {
            // The caller takes a lack of memory as a promise that nothing was executed.
            GiveUpStream(outcome.Execution == RpcExecution.NotSent
                ? ResetCode.OutOfMemoryBudget : ResetCode.Failed);
        }
    }

    /// <summary>The handler is over, or never ran. After this the object may belong to another call.</summary>
    public void Finish()
    {
        if (Answer.IsOneWay)
        {
            // Only now the caller has its slot back: who sends faster than this side works waits and is not refused.
            Peer.Session.Release(Wire);
            Answer.GiveEmpty();
        }
        else if (!Answer.IsGiven)
        {
            Fail(RpcErrorCode.HandlerFailed, RpcExecution.Executed, "The dispatcher completed without an answer.");
        }

        _items?.Close();
        _cancellation.StopWatching();
        Body.Reset();
        Leave();
    }

    // Objects of a call with items are not reused: frames of it may come, or go, after its end.
    private void BeginItems(int requestBytes)
    {
        _notReusable = true;
        _items = new ServedStream(this, Method);
        _items.Items.Reader.CountTaken(requestBytes);
        Answer.Items = _items.Items.Writer;
        _items.Watch();
    }

    private void RunLater(in IncomingMessage message)
    {
        try
        {
            Body.Keep(in message);
        }
        catch (ByteBudgetExceededException)
        {
            Fail(ErrorReply.OfNoMemory());
            Finish();
            return;
        }

        Peer.Calls.Enqueue(this);
    }

    // On the receiving thread, inside its batch. It has just come: it is neither late nor given up.
    private void RunInline(in IncomingMessage message)
    {
        // After the start this object may belong to another call.
        var stalls = Peer.Stalls;
        var context = ExecutionContext.Capture();
        Body.Lend(in message);
        stalls.Enter(Method);
        try
        {
            _handler.Start(inline: true);
        }
        finally
        {
            stalls.Leave();
        }

        if (context is not null)
        {
            // What user code left in its flow (AsyncLocal) is not for the next call.
            ExecutionContext.Restore(context);
        }
    }

    private void Fail(RpcErrorCode code, RpcExecution execution, string? detail) =>
        Fail(new CallOutcome(code, execution, detail ?? ""));

    /// <summary>Ends the call without an answer.</summary>
    public void GiveUpStream(ResetCode code)
    {
        Answer.Withhold();
        if (Peer.Session.TryReset(Wire, Wire.Life, code, out _))
        {
            EndOne();
        }
    }

    private void Leave()
    {
        Peer.Session.Release(Wire);
        EndOne();
    }

    private void EndOne()
    {
        if (Interlocked.Increment(ref _ends) != 2 || _notReusable)
        {
            return;
        }

        _cancellation.Reset();
        Wire.NextLife();
        _ends = 0;
        Answer.Reset();
        _requestSeen = _streamEnded = false;
        _method = null;
        Peer.Pool.Give(this);
    }
}
