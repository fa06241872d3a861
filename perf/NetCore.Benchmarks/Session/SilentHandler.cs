using NetCore.Framing;
using NetCore.Session;

namespace NetCore.Benchmarks.Session;

/// <summary>Refuses streams of the peer: for the side that only asks.</summary>
internal sealed class SilentHandler : ISessionHandler
{
    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol) => null;

    public void OnBatchEnd(PeerSession session)
    {
    }

    public void OnClosed(PeerSession session, in SessionClose close)
    {
    }
}
