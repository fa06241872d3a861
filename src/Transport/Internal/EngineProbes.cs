using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>What a world knows of its kernel. Thread-safe.</summary>
internal sealed class EngineProbes(EngineProbe? uring = null, IUringCalls? rings = null)
{
    private readonly EngineProbe _epoll = new(static () => EpollProbe.Run(new SystemCalls()));
    private readonly EngineProbe _uring = uring ?? new(static () => UringProbe.Run(new UringKernel()));

    /// <summary>Those of a world.</summary>
    public static EngineProbes Of(World world) => world.GetOrAdd(static _ => new EngineProbes());

    /// <summary>What makes the rings of its transports.</summary>
    public IUringCalls Rings { get; } = rings ?? new UringKernel();

    /// <summary>How the self-test of an engine went that needs something of the kernel.</summary>
    public ProbeAnswer Ask(TransportEngine engine) =>
        (engine == TransportEngine.Uring ? _uring : _epoll).Answer;

    /// <summary>How the self-test went; it throws when there is no ring to build on.</summary>
    public ProbeAnswer CheckUring() => _uring.Answer.Checked();
}
