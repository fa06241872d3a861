using System.Threading.Tasks.Sources;

namespace NetCore.Bench;

/// <summary>Wakes one caller, again and again, without allocating; on the thread that says so.</summary>
internal sealed class CallerSignal : IValueTaskSource<bool>
{
    private ManualResetValueTaskSourceCore<bool> _core;

    public ValueTask<bool> WaitAsync()
    {
        _core.Reset();
        return new ValueTask<bool>(this, _core.Version);
    }

    public void Set(bool value) => _core.SetResult(value);

    public bool GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
