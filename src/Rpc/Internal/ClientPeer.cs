using NetCore.Framing;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The client's end of a session: it serves no streams.</summary>
/// <param name="continuations">Runs at the end of each batch; null when callers go on in the pool.</param>
internal sealed class ClientPeer(BatchContinuations? continuations) : ISessionHandler
{
    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol) => null;

    public void OnBatchEnd(PeerSession session) => continuations?.OnBatchEnd();

    public void OnClosed(PeerSession session, in SessionClose close) => continuations?.OnClosed();
}
