using NetCore.Core;
using NetCore.Native;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>TCP and Unix domain sockets over <c>epoll</c>: a few threads, each with its own connections.</summary>
/// <remarks>
/// Linux only (4.5 and later). Callbacks of a connection run on the thread of its reactor and must not block: they hold
/// up every connection of that reactor. Sends run on the calling thread. Dispose it after its connections and
/// listeners; it waits for them.
/// </remarks>
public sealed class EpollTransport : ReactorTransport
{
    /// <summary>Starts the reactors; null options mean the defaults.</summary>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    /// <exception cref="TransportException">The process has no more descriptors.</exception>
    public EpollTransport(World world, EpollTransportOptions? options = null)
        : this(
            world,
            options ?? new EpollTransportOptions(),
            null,
            "make a SocketTransport, or leave the choice to Transports.Create")
    {
    }

    // How it was asked for, and what to ask for instead.
    internal EpollTransport(World world, EpollTransportOptions options, string? by, string instead)
        : base(EngineRefusal.Guard(
            "epoll",
            by,
            instead,
            ReactorGroup.CountOf(options.Reactors) > 1,
            () => Start(world, options, new SystemCalls())))
    {
    }

    internal EpollTransport(World world, EpollTransportOptions options, ISystemCalls calls)
        : base(Start(world, options, calls))
    {
    }

    private static EpollHost Start(World world, EpollTransportOptions options, ISystemCalls calls)
    {
        ArgumentNullException.ThrowIfNull(world);

        // Before the threads start.
        EpollHost.CheckPlatform();
        var reactors = new ReactorGroup(
            world, options.Reactors, "epoll", "reactor", () => new Reactor(calls, world.Time, options.Wait));
        return new EpollHost(world, options.Sockets, reactors);
    }
}
