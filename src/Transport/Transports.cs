using NetCore.Core;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>The way to a transport for callers who name addresses and leave the engine to the SDK.</summary>
public static class Transports
{
    /// <summary>
    /// One transport for every scheme: <c>tcp</c> and <c>unix</c> over sockets, <c>inproc</c> in memory.
    /// </summary>
    /// <param name="world">Executor, clock, memory and logging of all its connections.</param>
    /// <param name="options">Of the sockets; null means the defaults.</param>
    public static ITransport Create(World world, SocketTransportOptions? options = null) =>
        new SchemeTransport(new SocketTransport(world, options), new InMemoryTransport(world));
}
