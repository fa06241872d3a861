using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>TCP and Unix domain sockets over <c>io_uring</c>: a few threads, each with its own ring.</summary>
/// <remarks>
/// Linux only; 6.1 and later for the set-up that is meant, 5.19 for all features, and less than that where the kernel
/// has less. Callbacks of a connection run on the thread of its reactor and must not block: they hold up every
/// connection of that reactor. What a callback sends goes to the kernel with the next wait, together with what the
/// other connections send; sends of other threads run there. Dispose it after its connections and listeners; it waits
/// for them.
/// </remarks>
public sealed class UringTransport : ITransport, IDisposable
{
    /// <summary>
    /// Makes the self-test of io_uring, once for a world, and starts the reactors; null options mean the defaults.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    /// <exception cref="TransportException">
    /// <see cref="TransportError.EngineNotAvailable"/>: the kernel has no io_uring, does not let this process use it,
    /// or fails the self-test. <see cref="TransportError.OutOfResources"/>: there are no more descriptors, or no more
    /// locked memory.
    /// </exception>
    public UringTransport(World world, UringTransportOptions? options = null)
        : this(
            Checked(world),
            options ?? new UringTransportOptions(),
            new SystemCalls(),
            new UringKernel(),
            UringSwitches.Apply(new UringSettings
            {
                Multishot = options?.MultishotReceive == true ? UringMultishot.Tcp : UringMultishot.Never,
            }))
    {
    }

    internal UringTransport(
        World world, UringTransportOptions options, ISystemCalls calls, IUringCalls ring, UringSettings settings)
    {
        ArgumentNullException.ThrowIfNull(world);

        // Before the threads start.
        CheckPlatform();
        var started = settings with { Ring = settings.Ring with { StartDisabled = true } };
        var reactors = new ReactorGroup(
            world,
            options.Reactors,
            "uring",
            () => new Reactor(
                calls, world.Time, options.Wait, (wakeUp, _) => new UringSet(ring, started, wakeUp)));
        Transport = new ReactorTransport(new UringHost(world, options.Sockets, reactors));
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

    // Before anything is made; a transport that a test makes on calls of its own goes without.
    private static World Checked(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        CheckPlatform();
        EngineProbes.Of(world).CheckUring();
        return world;
    }

    private static void CheckPlatform()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("io_uring is a part of Linux; use SocketTransport here.");
        }
    }
}
