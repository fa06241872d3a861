using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>
/// What a <see cref="RpcStream"/> needs to know of the side that it is: the caller's or the handler's.
/// </summary>
internal interface IStreamSide
{
    RpcMethod Method { get; }

    World World { get; }

    PeerSession Session { get; }

    SessionStream Stream { get; }

    /// <summary>Bytes after which the consumer reports: a quarter of this side's window.</summary>
    int Quarter { get; }

    /// <summary>Reports so much; from any thread.</summary>
    void Consume(int bytes);

    /// <summary>Cancelled when the call is over.</summary>
    CancellationToken Over { get; }

    /// <summary>Runs user code that has waited.</summary>
    void Wake(IQueuedCall call);

    /// <summary>The reader is about to wait.</summary>
    void FlushWrites();

    /// <summary>What the reader is told of a failure.</summary>
    Exception ToException(in CallOutcome failure);

    /// <summary>Ends this side's items, in order or with a failure.</summary>
    void CompleteWriting(in CallOutcome failure);

    /// <summary>Ends the call because of this side's own.</summary>
    void GiveUp(in CallOutcome failure);

    /// <summary>Ends the call by the will of the user.</summary>
    void Cancel(CancellationToken token);

    /// <summary>The user has no more use for it.</summary>
    void Leave();
}
