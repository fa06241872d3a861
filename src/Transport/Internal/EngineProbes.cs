using System.Collections.Concurrent;
using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>What a world knows of its kernel. Thread-safe.</summary>
/// <param name="uring">The self-test of io_uring without some of its features; null means the kernel's.</param>
/// <param name="rings">Makes the rings of the transports; null means the kernel.</param>
internal sealed class EngineProbes(Func<RingFeatures, ProbeAnswer>? uring = null, IUringCalls? rings = null)
{
    private readonly Func<RingFeatures, ProbeAnswer> _run =
        uring ?? (static disabled => UringProbe.Run(new UringKernel(), disabled));

    private readonly EngineProbe _epoll = new(static () => EpollProbe.Run(new SystemCalls()));

    // What is forbidden is not tried, and so each set of features has an answer of its own: at most 512.
    private readonly ConcurrentDictionary<RingFeatures, EngineProbe> _uring = new();

    /// <summary>Those of a world.</summary>
    public static EngineProbes Of(World world) => world.GetOrAdd(static _ => new EngineProbes());

    /// <summary>What makes the rings of its transports.</summary>
    public IUringCalls Rings { get; } = rings ?? new UringKernel();

    /// <summary>How the self-test of an engine went that needs something of the kernel.</summary>
    /// <exception cref="TransportException">The environment forbids a feature that there is not.</exception>
    public ProbeAnswer Ask(TransportEngine engine) =>
        engine == TransportEngine.Uring ? AskUring(UringSwitches.Disabled) : _epoll.Answer;

    /// <summary>How that of io_uring went without these features.</summary>
    public ProbeAnswer AskUring(RingFeatures disabled) => _uring.GetOrAdd(
        disabled, static (key, run) => new EngineProbe(() => run(key)), _run).Answer;
}
