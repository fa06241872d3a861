using NetCore.Framing;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The client's end of a session: it serves no streams.</summary>
internal sealed class ClientPeer : ISessionHandler
{
    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol) => null;

    public void OnBatchEnd(PeerSession session)
    {
    }

    public void OnClosed(PeerSession session, in SessionClose close)
    {
    }
}
