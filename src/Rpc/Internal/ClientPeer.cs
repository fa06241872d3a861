using NetCore.Framing;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The client's end of a session.</summary>
/// <param name="continuations">Runs at the end of each batch; null when callers go on in the pool.</param>
/// <param name="served">What the client serves; null when nothing.</param>
internal sealed class ClientPeer(BatchContinuations? continuations, ServerPeer? served) : ISessionHandler
{
    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol) =>
        served?.OnOpening(session, protocol);

    public void OnBatchEnd(PeerSession session) => continuations?.OnBatchEnd();

    public void OnClosed(PeerSession session, in SessionClose close)
    {
        continuations?.OnClosed();
        served?.OnClosed(session, in close);
    }
}
