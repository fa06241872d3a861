using NetCore.Framing;

namespace NetCore.Session;

/// <summary>
/// A further upper protocol that is served on the sessions of a server; see <see cref="SessionProtocols"/>.
/// </summary>
public interface ISessionProtocol
{
    /// <summary>Whose streams it takes.</summary>
    UpperProtocol Protocol { get; }

    /// <summary>A session has been made and is about to be started. Thread-safe; must not throw.</summary>
    /// <returns>What serves this protocol on it.</returns>
    ISessionHandler Attach(PeerSession session);
}
