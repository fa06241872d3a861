namespace NetCore.Transport.Internal;

/// <summary>What a world knows of epoll: asked once, and again while the answer was a shortage. Thread-safe.</summary>
internal sealed class EngineProbe(Func<EpollProbe> probe)
{
    private readonly Lock _lock = new();
    private EpollProbe? _known;

    /// <summary>Why epoll cannot run here; null when it can.</summary>
    public string? Failure
    {
        get
        {
            lock (_lock)
            {
                var answer = _known ?? probe();
                _known = answer.IsShortage ? null : answer;
                return answer.Failure;
            }
        }
    }
}
