using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The handler's side of a call with items.</summary>
internal sealed class ServedStream : IStreamSide
{
    private readonly ServerCall _call;
    private CancellationTokenRegistration _registration;

    public ServedStream(ServerCall call, RpcMethod method)
    {
        _call = call;
        Method = method;
        Items = new RpcStream(this);
    }

    public RpcStream Items { get; }

    public RpcMethod Method { get; }

    public World World => _call.Peer.World;

    public PeerSession Session => _call.Peer.Session;

    public SessionStream Stream => _call.Wire;

    public int Quarter => _call.Peer.Quarter;

    public CancellationToken Over => _call.CancellationToken;

    /// <summary>The deadline and the caller's cancellation end its waits from now on.</summary>
    public void Watch() => _registration = _call.CancellationToken.UnsafeRegister(
        static stream => ((ServedStream)stream!).OnCancelled(), this);

    /// <summary>A message after the request has come. Receive callback.</summary>
    public void OnMessage(in IncomingMessage message)
    {
        if (!message.IsLast)
        {
            if (!Items.Reader.Append(in message))
            {
                Items.Reader.End(Unreadable());
            }
        }
        else if (!ResponseHeader.TryRead(in message, out var header))
        {
            Items.Reader.End(Unreadable());
        }
        else if (header.Code == RpcErrorCode.None)
        {
            Items.Reader.End(default);
        }
        else
        {
            Items.Reader.End(new CallOutcome(
                header.Code, RpcExecution.Executed, ResponseHeader.ReadDetail(in message)));
        }
    }

    /// <summary>Nobody is there any more, or the deadline has passed.</summary>
    public void OnCancelled()
    {
        Items.Reader.Drop(_call.CancellationToken);
        Items.Writer.End();
    }

    /// <summary>The handler is over.</summary>
    public void Close()
    {
        _registration.Unregister();
        Items.Writer.End();
        Items.Reader.Dispose();
    }

    public void Wake(IQueuedCall call) => _call.Peer.Wakes.Enqueue(call);

    public void Consume(int bytes) => Session.Consume(_call.Wire, _call.Wire.Life, bytes);

    public void FlushWrites() => Items.Writer.Flush();

    public Exception ToException(in CallOutcome failure) => new RpcException(
        failure.Code, $"The caller's items for {Method} ended: {failure.Code}. {failure.Detail}", failure.Execution);

    // The answer ends what the handler writes.
    public void CompleteWriting(in CallOutcome failure)
    {
    }

    public void GiveUp(in CallOutcome failure)
    {
        _call.GiveUpStream(ResetCode.OutOfMemoryBudget);
        OnCancelled();
    }

    public void Cancel(CancellationToken token)
    {
        _call.GiveUpStream(ResetCode.Failed);
        OnCancelled();
    }

    // The call is the handler's to end.
    public void Leave()
    {
    }

    private static CallOutcome Unreadable() => new(RpcErrorCode.BadMessage, RpcExecution.Executed,
        "The bytes cannot be read: are client and server of the same contract?");
}
