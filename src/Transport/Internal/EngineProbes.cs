using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>What a world knows of its kernel. Thread-safe.</summary>
internal sealed class EngineProbes
{
    private readonly EngineProbe _epoll = new(static () => EpollProbe.Run(new SystemCalls()));
    private readonly EngineProbe _uring = new(static () => UringProbe.Run(new UringKernel()));

    /// <summary>Why an engine that needs something of the kernel cannot run here; null when it can.</summary>
    public string? Failure(TransportEngine engine) =>
        (engine == TransportEngine.Uring ? _uring : _epoll).Failure;
}
