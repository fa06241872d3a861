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
public sealed class EpollTransport : ITransport, IDisposable
{
    /// <summary>Starts the reactors; null options mean the defaults.</summary>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    /// <exception cref="TransportException">The process has no more descriptors.</exception>
    public EpollTransport(World world, EpollTransportOptions? options = null)
        : this(world, options ?? new EpollTransportOptions(), new SystemCalls())
    {
    }

    internal EpollTransport(World world, EpollTransportOptions options, ISystemCalls calls)
    {
        ArgumentNullException.ThrowIfNull(world);

        // Before the threads start.
        CheckPlatform();
        var reactors = new ReactorGroup(
            world, options.Reactors, "epoll", () => new Reactor(calls, world.Time, options.Wait));
        Transport = new ReactorTransport(new EpollHost(world, options.Sockets, reactors));
    }

    /// <inheritdoc/>
    public string Backend => Transport.Backend;

    /// <summary>What its reactors have done so far; from any thread.</summary>
    public TransportCounters Counters => Transport.Counters;

    internal ReactorTransport Transport { get; }

    internal IReadOnlyList<Reactor> Reactors => Transport.Reactors;

    /// <inheritdoc/>
    public ValueTask<Connection> ConnectAsync(
        TransportAddress address, ConnectOptions? options = null, CancellationToken cancellationToken = default) =>
        Transport.ConnectAsync(address, options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Listener> ListenAsync(
        TransportAddress address,
        Action<Connection> onAccepted,
        ListenOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transport.ListenAsync(address, onAccepted, options, cancellationToken);

    /// <summary>Ends the reactors' threads when their last connection has gone. Idempotent.</summary>
    public void Dispose() => Transport.Dispose();

    internal static void CheckPlatform()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("epoll is a part of Linux; use SocketTransport here.");
        }
    }
}
