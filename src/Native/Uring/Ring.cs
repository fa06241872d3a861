namespace NetCore.Native.Uring;

/// <summary>A ring of io_uring: entries go in, completions come out.</summary>
/// <remarks>
/// <para>Of one thread: the one that made it, or that enabled it. Only the counters may be read from others.</para>
/// <para>
/// What is pending is the distance of the own tail from the kernel's head, and no count of its own: whatever an enter
/// answered, an entry that the kernel has not taken is taken by a later one.
/// </para>
/// <para>
/// Dispose it when no request is in flight: the kernel ends requests some time after a ring is closed, and writes into
/// their memory until then. A buffer ring goes before its ring.
/// </para>
/// </remarks>
internal sealed unsafe class Ring : IDisposable
{
    /// <summary>A wait without an end.</summary>
    public const long Forever = -1;

    private readonly IUringCalls _calls;
    private readonly RingMemory _memory;
    private readonly SubmissionEntry* _entries;
    private readonly Completion* _completions;
    private readonly uint* _kernelHead;
    private readonly uint* _submissionTail;
    private readonly uint* _queueFlags;
    private readonly uint* _completionHead;
    private readonly uint* _completionTail;
    private readonly uint _entryMask;
    private readonly uint _completionMask;
    private readonly EnterFlags _waitFlags;
    private uint _tail;
    private uint _head;
    private uint _seenTail;
    private long _enters;
    private bool _disposed;

    /// <summary>Takes over the descriptor and the memory.</summary>
    internal Ring(IUringCalls calls, int descriptor, RingMemory memory, RingRung rung, RingFeatures features)
    {
        _calls = calls;
        _memory = memory;
        var made = memory.Parameters;
        Descriptor = descriptor;
        Rung = rung;
        Features = features;
        Entries = made.SubmissionEntries;
        CompletionEntries = made.CompletionEntries;
        IsEnabled = (made.Flags & SetupFlags.StartDisabled) == 0;
        _entries = memory.Entries;
        _completions = memory.Completions;
        _kernelHead = memory.At(made.Submission.Head);
        _submissionTail = memory.At(made.Submission.Tail);
        _queueFlags = memory.At(made.Submission.Flags);
        _completionHead = memory.At(made.Completion.Head);
        _completionTail = memory.At(made.Completion.Tail);
        _entryMask = *memory.At(made.Submission.Mask);
        _completionMask = *memory.At(made.Completion.Mask);
        _tail = *_submissionTail;
        _head = _seenTail = *_completionHead;
        _waitFlags = (features & RingFeatures.NoIoWait) != 0 ? EnterFlags.NoIoWait : EnterFlags.None;
    }

    public int Descriptor { get; }

    /// <summary>The set of flags that it was made with.</summary>
    public RingRung Rung { get; }

    /// <summary>What can be relied on.</summary>
    public RingFeatures Features { get; }

    /// <summary>Size of the submission queue.</summary>
    public uint Entries { get; }

    /// <summary>Size of the completion queue.</summary>
    public uint CompletionEntries { get; }

    /// <summary>Whether it takes entries.</summary>
    public bool IsEnabled { get; private set; }

    /// <summary>Entries that the kernel has not taken yet.</summary>
    public uint Pending => _tail - Volatile.Read(ref *_kernelHead);

    /// <summary>The number of the next entry; see <see cref="IsTaken"/>.</summary>
    public uint Position => _tail;

    /// <summary>Times the kernel was entered; from any thread.</summary>
    public long Enters => Volatile.Read(ref _enters);

    /// <summary>Completions that the kernel could not keep; 0 as long as it has memory.</summary>
    public uint LostCompletions => Volatile.Read(ref *_memory.At(_memory.Parameters.Completion.Overflow));

    /// <summary>What the kernel tells.</summary>
    public QueueFlags Flags => (QueueFlags)Volatile.Read(ref *_queueFlags);

    /// <summary>
    /// Whether completions come only by an enter. Who spins looks at this too: with deferred task work the queue stays
    /// empty however much has arrived.
    /// </summary>
    public bool NeedsEnter => (Flags & (QueueFlags.TaskRun | QueueFlags.CompletionOverflow)) != 0;

    /// <summary>Whether <see cref="TryTake"/> has something.</summary>
    public bool HasCompletions => _head != _seenTail || _head != Volatile.Read(ref *_completionTail);

    /// <summary>Makes a ring by the ladder of set-ups.</summary>
    /// <param name="calls">The kernel.</param>
    /// <param name="options">How.</param>
    public static RingSetup Open(IUringCalls calls, RingOptions options) => new RingLadder(calls, options).Climb();

    public bool Has(RingFeatures features) => (Features & features) == features;

    /// <summary>Starts a ring that was made disabled; the calling thread is the one that submits.</summary>
    public SyscallResult Enable()
    {
        var result = _calls.Register(Descriptor, RegisterOperation.EnableRings, null, 0);
        IsEnabled |= result.IsOk;
        return result;
    }

    /// <summary>Whether the kernel has taken the entry of that <see cref="Position"/>.</summary>
    public bool IsTaken(uint position) => (int)(Volatile.Read(ref *_kernelHead) - position) > 0;

    /// <summary>
    /// Makes room for entries that go in together, by submitting when there is not enough; false when the kernel takes
    /// no more, until completions are taken.
    /// </summary>
    public bool TryReserve(uint count) => Entries - Pending >= count || (Submit().Status == EnterStatus.Done
        && Entries - Pending >= count);

    /// <summary>The next entry, all zeros; null when there is no room, even after submitting.</summary>
    public SubmissionEntry* TryGetEntry()
    {
        if (!TryReserve(1))
        {
            return null;
        }

        // The entries are used again and again: what the last user set is gone.
        var entry = _entries + (_tail++ & _entryMask);
        *entry = default;
        return entry;
    }

    /// <summary>Submits what is pending, and waits for nothing.</summary>
    public EnterResult Submit()
    {
        while (true)
        {
            var before = Pending;
            if (before == 0)
            {
                return default;
            }

            // Completions outside the queue come in by an enter that asks for them, and by no other.
            var flags = (Flags & QueueFlags.CompletionOverflow) != 0 ? EnterFlags.GetEvents : EnterFlags.None;
            var result = Enter(0, flags, null);
            if (result.Status != EnterStatus.Interrupted)
            {
                return result;
            }
        }
    }

    /// <summary>Submits what is pending and runs what waits for an enter, without waiting.</summary>
    public EnterResult Poll() => Enter(0, EnterFlags.GetEvents, null);

    /// <summary>Submits what is pending and waits for completions.</summary>
    /// <param name="least">How many; those that are not taken yet count.</param>
    /// <param name="nanoseconds">How long, or <see cref="Forever"/>.</param>
    public EnterResult Wait(uint least, long nanoseconds)
    {
        if (nanoseconds == Forever)
        {
            return Enter(least, EnterFlags.GetEvents | _waitFlags, null);
        }

        var time = KernelTime.Of(nanoseconds);
        var argument = new WaitArgument { Timeout = &time };
        return Enter(least, EnterFlags.GetEvents | EnterFlags.ExtendedArgument | _waitFlags, &argument);
    }

    /// <summary>The next completion; false when there is none, which also gives the taken ones back.</summary>
    public bool TryTake(out Completion completion)
    {
        if (_head == _seenTail)
        {
            Release();
            _seenTail = Volatile.Read(ref *_completionTail);
            if (_head == _seenTail)
            {
                completion = default;
                return false;
            }
        }

        completion = _completions[_head++ & _completionMask];
        return true;
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _calls.Close(Descriptor);
        _memory.Unmap();
    }

    internal SyscallResult Register(RegisterOperation operation, void* argument, uint count) =>
        _calls.Register(Descriptor, operation, argument, count);

    // The kernel may overwrite what lies before the head: once for a batch, after it was read.
    private void Release()
    {
        if (*_completionHead != _head)
        {
            Volatile.Write(ref *_completionHead, _head);
        }
    }

    private EnterResult Enter(uint least, EnterFlags flags, WaitArgument* argument)
    {
        Release();
        Volatile.Write(ref *_submissionTail, _tail);
        var pending = Pending;
        Volatile.Write(ref _enters, _enters + 1);
        var result = _calls.Enter(Descriptor, pending, least, flags, argument);
        return result.Error switch
        {
            Errno.None when result.Value >= pending => default,

            // The kernel does not wait when it has taken a part only.
            Errno.None or Errno.Interrupted => new EnterResult(EnterStatus.Interrupted, result.Error),
            Errno.TimerExpired => new EnterResult(EnterStatus.TimedOut, result.Error),
            Errno.Again or Errno.Busy => new EnterResult(EnterStatus.Full, result.Error),
            Errno.BadRequest => new EnterResult(EnterStatus.Lost, result.Error),
            _ => new EnterResult(EnterStatus.Failed, result.Error),
        };
    }
}
