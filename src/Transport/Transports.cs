using NetCore.Core;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>The way to a transport for callers who name addresses and leave the engine to the SDK.</summary>
public static class Transports
{
    /// <summary>
    /// One transport for every scheme: <c>tcp</c> and <c>unix</c> over the engine that is chosen, <c>inproc</c> in
    /// the memory of this process.
    /// </summary>
    /// <remarks>
    /// The same options give the same transport in a world, whose disposal ends its threads. In the world of an
    /// <see cref="AppReactor"/> it is that reactor's, whatever the environment says.
    /// </remarks>
    /// <param name="world">Executor, clock, memory and logging of all its connections.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="TransportException">
    /// <see cref="TransportError.EngineNotAvailable"/>: the options or the environment ask for an engine that is
    /// unknown or cannot run here. <see cref="TransportError.OutOfResources"/>: there are not enough descriptors, or
    /// for a ring that was asked for not enough locked memory, for all of its reactors.
    /// </exception>
    public static ITransport Create(World world, TransportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        return WorldTransports.Of(world).Get(options ?? new TransportOptions());
    }
}
