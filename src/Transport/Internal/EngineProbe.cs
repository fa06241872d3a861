namespace NetCore.Transport.Internal;

/// <summary>
/// What a world knows of an engine: asked once, and again while the answer was a shortage. Thread-safe.
/// </summary>
internal sealed class EngineProbe(Func<ProbeAnswer> probe)
{
    private readonly Lock _lock = new();
    private ProbeAnswer? _known;

    /// <summary>How its self-test went.</summary>
    public ProbeAnswer Answer
    {
        get
        {
            lock (_lock)
            {
                var answer = _known ?? probe();
                _known = answer.IsShortage ? null : answer;
                return answer;
            }
        }
    }
}
