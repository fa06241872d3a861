using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>What making a listening socket needs of the engine that will serve it.</summary>
internal interface ISocketHost
{
    World World { get; }

    SocketTransportOptions Options { get; }

    TransportLog Log { get; }
}
