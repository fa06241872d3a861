namespace NetCore.Transport.Internal;

/// <summary>Whether and by whom input is delivered: at most one runner, pause and resume from any thread.</summary>
/// <remarks>
/// One word, changed by compare-and-swap only; each method is one atomic step. The runner that waits for the kernel
/// keeps the role (Waiting); the kernel's answer or a resume that finds bytes left unconsumed takes it over.
/// </remarks>
internal struct ReceiveRole
{
    private const int Started = 1;
    private const int Running = 2;
    private const int Waiting = 4;
    private const int Readable = 8;
    private const int Paused = 16;
    private const int Resumed = 32;
    private const int Closed = 64;

    private int _word;

    public bool IsClosed => (Volatile.Read(ref _word) & Closed) != 0;

    public bool IsPaused => (Volatile.Read(ref _word) & Paused) != 0;

    /// <summary>Whether the role waits for the kernel and for nobody else.</summary>
    public bool IsWaiting => (Volatile.Read(ref _word) & (Waiting | Paused | Closed)) == Waiting;

    /// <summary>True makes the caller the runner; false when paused or closed already.</summary>
    public bool Start()
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            var take = (word & (Paused | Closed)) == 0;
            if (Interlocked.CompareExchange(ref _word, word | Started | (take ? Running : 0), word) == word)
            {
                return take;
            }
        }
    }

    public void Pause() => Interlocked.Or(ref _word, Paused);

    /// <summary>True makes the caller the runner; otherwise the present runner sees the resume.</summary>
    public bool Resume()
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if ((word & Paused) == 0)
            {
                return false;
            }

            var idle = (word & Running) == 0 || (word & Waiting) != 0;
            var take = idle && (word & (Started | Closed)) == Started;
            var next = (word & ~Paused) | Resumed;
            next = take ? (next & ~Waiting) | Running : next;
            if (Interlocked.CompareExchange(ref _word, next, word) == word)
            {
                return take;
            }
        }
    }

    /// <summary>
    /// The runner asks whether a resume came since it last asked: then unconsumed bytes are due again.
    /// </summary>
    public bool TakeResumed() =>
        (Volatile.Read(ref _word) & Resumed) != 0 && (Interlocked.And(ref _word, ~Resumed) & Resumed) != 0;

    /// <summary>The runner leaves when paused or closed, else it stays.</summary>
    public Leave TryPark()
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if ((word & (Paused | Closed)) == 0)
            {
                return Leave.Stay;
            }

            if (Interlocked.CompareExchange(ref _word, word & ~Running, word) == word)
            {
                return (word & Closed) != 0 ? Leave.Closed : Leave.Left;
            }
        }
    }

    /// <summary>
    /// The runner, whose wait is armed, stops running until the kernel answers. False: it has answered.
    /// </summary>
    public bool BeginWait()
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            var wait = (word & (Readable | Resumed)) == 0;
            var next = wait ? word | Waiting : word;
            if (Interlocked.CompareExchange(ref _word, next, word) == word)
            {
                return wait;
            }
        }
    }

    /// <summary>
    /// The kernel has answered: true makes the caller the runner, false when one is awake and will see it.
    /// </summary>
    public bool EndWait()
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            var take = (word & Waiting) != 0;
            var next = (word & ~Waiting) | Readable;
            if (Interlocked.CompareExchange(ref _word, next, word) == word)
            {
                return take;
            }
        }
    }

    /// <summary>The runner asks whether the kernel's answer has come for the wait it armed.</summary>
    public bool TakeReadable() => (Interlocked.And(ref _word, ~Readable) & Readable) != 0;

    /// <summary>Closes. True when nobody runs or waits: receiving is over; otherwise the runner ends it.</summary>
    public bool Close() => (Interlocked.Or(ref _word, Closed) & Running) == 0;
}
