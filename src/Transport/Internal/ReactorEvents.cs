namespace NetCore.Transport.Internal;

/// <summary>What a reactor asks the kernel: the seam between the loop and its engine.</summary>
/// <remarks>
/// For the reactor's thread, but for the counters. It is called a few times in each turn of the loop, beside at least
/// one system call, and not for each message.
/// </remarks>
internal abstract class ReactorEvents : IDisposable
{
    private long _waits;
    private long _looks;

    /// <summary>Descriptors that are served.</summary>
    public abstract int Count { get; }

    /// <summary>Whether what was found is not dispatched yet.</summary>
    public abstract bool HasEvents { get; }

    /// <summary>Waits that could sleep; from any thread.</summary>
    public long Waits => Volatile.Read(ref _waits);

    /// <summary>Waits that could not; from any thread.</summary>
    protected long Looks => Volatile.Read(ref _looks);

    /// <summary>Its waits, and what it has done for its connections that they do not count; from any thread.</summary>
    public abstract TransportCounters Counters { get; }

    /// <summary>The thread that drives the reactor is known; before its first turn, on that thread.</summary>
    public virtual void Bind()
    {
    }

    /// <summary>Looks for events without waiting.</summary>
    public abstract void Look();

    /// <summary>Waits for events; -1 waits for ever.</summary>
    public abstract void Wait(int milliseconds);

    /// <summary>Takes to the kernel what is gathered, and waits for nothing; false when that is nothing.</summary>
    public virtual bool Flush() => false;

    /// <summary>Gives each event to its handler; true when one did anything.</summary>
    public abstract bool Dispatch();

    public abstract void ForEach(Action<IReactorHandler> action);

    public abstract void Dispose();

    protected void CountWait() => Volatile.Write(ref _waits, _waits + 1);

    protected void CountLook() => Volatile.Write(ref _looks, _looks + 1);
}
