using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>A ring, one only, that holds completions which a test names until it lets them go.</summary>
internal sealed unsafe class HeldRing : DelayedRing
{
    private readonly Lock _lock = new();
    private readonly List<UringKind> _submitted = [];
    private volatile bool _letsGo;

    /// <summary>Which are held; what is known of the request comes with them.</summary>
    public Func<Completion, bool>? Holds { get; set; }

    /// <summary>Changes a request on its way in.</summary>
    public Func<SubmissionEntry, SubmissionEntry>? Change { get; set; }

    /// <summary>The kinds of the requests so far, in their order. A copy; from any thread.</summary>
    public List<UringKind> Submitted
    {
        get
        {
            lock (_lock)
            {
                return [.. _submitted];
            }
        }
    }

    /// <summary>With the next enter nothing is held any more; from any thread, which wakes the reactor.</summary>
    public void LetGo() => _letsGo = true;

    protected override void OnSubmit(DelayedQueue queue, SubmissionEntry* entry)
    {
        *entry = Change is { } change ? change(*entry) : *entry;
        lock (_lock)
        {
            _submitted.Add(UringData.KindOf(entry->Data));
        }
    }

    public override SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        if (_letsGo)
        {
            Queue(ring).LetGo();
        }

        return base.Enter(ring, submit, least, flags, argument);
    }

    protected override int Turns(Completion completion) =>
        !_letsGo && Holds?.Invoke(completion) == true ? DelayedQueue.Held : 0;
}
