using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>TCP and Unix domain sockets over <c>io_uring</c>: a few threads, each with its own ring.</summary>
/// <remarks>
/// Linux only: 6.1 and later as it is meant, and 5.11 and later with less; what a kernel lacks it does without.
/// Callbacks of a connection run on the thread of its reactor and must not block: they hold up every
/// connection of that reactor. What a callback sends goes to the kernel with the next wait, together with what the
/// other connections send; sends of other threads run there. Dispose it after its connections and listeners; it waits
/// for them.
/// </remarks>
public sealed class UringTransport : ReactorTransport
{
    private const string Others = "make an EpollTransport or SocketTransport, or leave the choice to Transports.Create";

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
        : this(world, options ?? new UringTransportOptions(), null, Others)
    {
    }

    // How it was asked for, and what to ask for instead.
    internal UringTransport(World world, UringTransportOptions options, string? by, string instead)
        : base(Start(world, options, by, instead))
    {
    }

    // A transport that a test makes on calls of its own goes without the self-test.
    internal UringTransport(
        World world, UringTransportOptions options, ISystemCalls calls, IUringCalls ring, UringSettings settings)
        : base(Start(world, options, calls, ring, settings))
    {
    }

    private static UringHost Start(World world, UringTransportOptions options, string? by, string instead)
    {
        ArgumentNullException.ThrowIfNull(world);
        UringHost.CheckPlatform();
        var probes = EngineProbes.Of(world);

        // What is wrong there is no matter of the engine.
        var settings = UringSwitches.Apply(new UringSettings
        {
            Multishot = options.MultishotReceive ? UringMultishot.Tcp : UringMultishot.Never,
        });
        var known = EngineRefusal.Guard("io_uring", by, instead, hasMore: false, () =>
            settings.After(probes.AskUring(settings.Ring.Disabled).Checked()));
        return EngineRefusal.Guard("io_uring", by, instead, ReactorGroup.CountOf(options.Reactors) > 1, () =>
            Start(world, options, new SystemCalls(), probes.Rings, known));
    }

    private static UringHost Start(
        World world, UringTransportOptions options, ISystemCalls calls, IUringCalls ring, UringSettings settings)
    {
        ArgumentNullException.ThrowIfNull(world);

        // Before the threads start.
        UringHost.CheckPlatform();
        var started = settings with { Ring = settings.Ring with { StartDisabled = true } };
        var reactors = new ReactorGroup(
            world,
            options.Reactors,
            "uring",
            "ring",
            () => new Reactor(
                calls, world.Time, options.Wait, (wakeUp, _) => new UringSet(ring, started, wakeUp)));
        return new UringHost(world, options.Sockets, reactors);
    }
}
