using System.Runtime.CompilerServices;
using NetCore.Framing;
using NetCore.Session;

namespace NetCore.Fuzz.Sessions;

/// <summary>The floor above the session: takes streams of the peer, or some of them, and keeps them.</summary>
internal sealed class FuzzHandler(SessionScript script) : ISessionHandler
{
    /// <summary>Streams of both sides.</summary>
    public List<FuzzStream> Streams { get; } = [];

    public SessionClose? Closed { get; private set; }

    /// <summary>The first law that did not hold within a callback, from where an exception does not come out.</summary>
    public string? Broken { get; private set; }

    public void Hold(bool holds, [CallerArgumentExpression(nameof(holds))] string law = "") =>
        Broken ??= holds ? null : law;

    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol)
    {
        if (script.Refuses && script.Next(3) == 0)
        {
            return null;
        }

        Streams.Add(new FuzzStream(session, this, accepted: true, script.Answers));
        return Streams[^1];
    }

    public void OnBatchEnd(PeerSession session) => Hold(Closed is null);

    public void OnClosed(PeerSession session, in SessionClose close)
    {
        Hold(Closed is null);
        Hold(Streams.TrueForAll(stream => stream.IsOver));
        Closed = close;
    }
}
