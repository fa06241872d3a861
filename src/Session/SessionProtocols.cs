using NetCore.Framing;

namespace NetCore.Session;

/// <summary>
/// Several upper protocols on one session: a stream goes to the handler of the protocol that its header names.
/// </summary>
/// <remarks>Made, given to the session, attached to it before the session is started.</remarks>
public sealed class SessionProtocols : ISessionHandler
{
    private readonly ISessionHandler _first;
    private readonly IReadOnlyList<ISessionProtocol> _further;
    private (UpperProtocol Protocol, ISessionHandler Handler)[] _handlers = [];

    /// <summary>Creates it.</summary>
    /// <param name="first">Takes the streams of every protocol that <paramref name="further"/> does not have.</param>
    /// <param name="further">The others, each with a protocol of its own.</param>
    public SessionProtocols(ISessionHandler first, IReadOnlyList<ISessionProtocol> further)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(further);
        _first = first;
        _further = further;
    }

    /// <summary>Makes the handlers of the further protocols.</summary>
    public void Attach(PeerSession session) =>
        _handlers = [.. _further.Select(protocol => (protocol.Protocol, protocol.Attach(session)))];

    /// <inheritdoc/>
    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol)
    {
        foreach (var (served, handler) in _handlers)
        {
            if (served == protocol)
            {
                return handler.OnOpening(session, protocol);
            }
        }

        return _first.OnOpening(session, protocol);
    }

    /// <inheritdoc/>
    public void OnBatchEnd(PeerSession session)
    {
        _first.OnBatchEnd(session);
        foreach (var (_, handler) in _handlers)
        {
            handler.OnBatchEnd(session);
        }
    }

    /// <inheritdoc/>
    public void OnClosed(PeerSession session, in SessionClose close)
    {
        _first.OnClosed(session, in close);
        foreach (var (_, handler) in _handlers)
        {
            handler.OnClosed(session, in close);
        }
    }
}
