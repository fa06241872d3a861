namespace NetCore.Transport.Internal;

/// <summary>Descriptors that a reactor serves or is about to, which keep it from ending. Thread-safe.</summary>
internal sealed class ReactorLoad
{
    private const int Ended = int.MinValue;

    private int _value;

    /// <summary>Negative when the reactor has ended.</summary>
    public int Value => Volatile.Read(ref _value);

    /// <summary>Counts one that will come; false when the reactor has ended already.</summary>
    public bool TryExpect()
    {
        while (true)
        {
            var load = Volatile.Read(ref _value);
            if (load < 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _value, load + 1, load) == load)
            {
                return true;
            }
        }
    }

    /// <summary>One has gone, or does not come.</summary>
    public void Forget() => Interlocked.Decrement(ref _value);

    /// <summary>From now on nothing is expected any more; false while something is.</summary>
    public bool TryEnd() => Interlocked.CompareExchange(ref _value, Ended, 0) is 0 or Ended;
}
