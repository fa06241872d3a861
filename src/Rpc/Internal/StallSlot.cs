namespace NetCore.Rpc.Internal;

/// <summary>Says to a <see cref="StallWatch"/> what user code a connection's thread is in.</summary>
/// <remarks>
/// Written by the thread that is in it, one at a time, by plain writes: no clock is read for a call. Read by the watch.
/// </remarks>
internal sealed class StallSlot(StallWatch watch)
{
    private RpcMethod? _method;

    // Odd while user code runs.
    private int _step;

    // Of the watch.
    private int _seen;
    private bool _told;

    public void Enter(RpcMethod method)
    {
        Volatile.Write(ref _method, method);
        Volatile.Write(ref _step, unchecked(_step + 1));
        if (!watch.IsArmed)
        {
            watch.Arm();
        }
    }

    public void Leave() => Volatile.Write(ref _step, unchecked(_step + 1));

    /// <summary>True when there was user code since the last look, or is now.</summary>
    /// <param name="stalled">The method whose code was running at the last look too, told once.</param>
    public bool Look(out RpcMethod? stalled)
    {
        stalled = null;
        var step = Volatile.Read(ref _step);
        var moved = step != _seen;
        var inside = (step & 1) != 0;
        if (moved)
        {
            _seen = step;
            _told = false;
        }
        else if (inside && !_told)
        {
            // The method is written before the step, so it belongs to the step when that has not changed since.
            var method = Volatile.Read(ref _method);
            if (Volatile.Read(ref _step) == step)
            {
                _told = true;
                stalled = method;
            }
        }

        return moved || inside;
    }
}
