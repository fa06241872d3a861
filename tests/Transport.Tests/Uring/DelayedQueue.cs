using NetCore.Native;
using NetCore.Native.Internal;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>A queue of completions before that of the kernel, which some of them reach late.</summary>
/// <remarks>
/// The user of the ring sees this queue by the offsets that its parameters tell. The completions of one request keep
/// their order, those of different requests do not: the kernel promises no more. For the thread of the ring.
/// </remarks>
internal sealed unsafe class DelayedQueue
{
    /// <summary>A completion that waits until it is let go.</summary>
    public const int Held = int.MaxValue;

    private const int HeadAt = 0;
    private const int TailAt = 64;
    private const int FlagsAt = 128;
    private const int CompletionsAt = 192;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const int SharedPopulatedFixed = 0x8011;
    private const nuint PageBytes = 4096;

    private readonly UringKernel _kernel;
    private readonly nuint _bytes;
    private readonly byte* _queues;
    private readonly byte* _own;
    private readonly List<(Completion Completion, int Turns)> _waiting = [];
    private readonly HashSet<ulong> _behind = [];
    private readonly RingParameters _made;
    private SubmissionEntry* _entries;

    private DelayedQueue(UringKernel kernel, ref RingParameters parameters, byte* queues, nuint bytes, byte* own)
    {
        _kernel = kernel;
        _made = parameters;
        _queues = queues;
        _bytes = bytes;
        _own = own;
        var start = (uint)(own - queues);
        *Own(FlagsAt) = (uint)QueueFlags.TaskRun;
        parameters.Submission.Flags = start + FlagsAt;
        parameters.Completion.Head = start + HeadAt;
        parameters.Completion.Tail = start + TailAt;
        parameters.Completion.Completions = start + CompletionsAt;
    }

    /// <summary>Whether some come with the next turns: nobody may sleep meanwhile.</summary>
    public bool IsDue => _waiting.Exists(static one => one.Turns != Held);

    /// <summary>Maps the queues of a new ring, and changes what its user is told of them.</summary>
    public static SyscallResult TryMap(
        UringKernel kernel, int ring, ref RingParameters parameters, out DelayedQueue? queue)
    {
        // The completions lie last, or the array of indices does. What the user sees lies behind them, as an offset
        // must reach it.
        var queues = Math.Max(
            parameters.Completion.Completions + (parameters.CompletionEntries * (nuint)sizeof(Completion)),
            parameters.Submission.Array + (parameters.SubmissionEntries * (nuint)sizeof(uint)));
        var start = (queues + PageBytes - 1) & ~(PageBytes - 1);
        var bytes = start + CompletionsAt + (parameters.CompletionEntries * (nuint)sizeof(Completion));
        queue = null;
        var all = LibC.Map(null, bytes, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)all == -1)
        {
            return Result.Of(-1);
        }

        if ((nint)LibC.Map(all, queues, ReadWrite, SharedPopulatedFixed, ring, 0) == -1)
        {
            var failed = Result.Of(-1);
            kernel.Unmap(all, bytes);
            return failed;
        }

        queue = new DelayedQueue(kernel, ref parameters, all, bytes, all + start);
        return default;
    }

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address)
    {
        if (what == RingMapping.Queues)
        {
            address = _queues;
            return default;
        }

        var result = _kernel.Map(ring, what, bytes, out address);
        _entries = (SubmissionEntry*)address;
        return result;
    }

    public bool TryUnmap(byte* address)
    {
        if (address != _queues)
        {
            return false;
        }

        _kernel.Unmap(_queues, _bytes);
        return true;
    }

    /// <summary>One of the entries that the next enter takes.</summary>
    public SubmissionEntry* Entry(uint index) =>
        _entries + ((*Kernel(_made.Submission.Head) + index) & *Kernel(_made.Submission.Mask));

    /// <summary>Whether the completion of a request waits that has sent or received something.</summary>
    public bool HasDone(ulong data) =>
        _waiting.Exists(one => one.Completion.Data == data && one.Completion.Result > 0);

    /// <summary>Lets go what was held.</summary>
    public void LetGo()
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            _waiting[i] = (_waiting[i].Completion, Math.Min(_waiting[i].Turns, 1));
        }
    }

    /// <summary>After an enter: takes what the kernel has made, and gives what has waited long enough.</summary>
    /// <param name="turns">How many enters a completion waits.</param>
    public void Turn(Func<Completion, int> turns)
    {
        var all = (Completion*)(_queues + _made.Completion.Completions);
        var mask = *Kernel(_made.Completion.Mask);
        var head = *Kernel(_made.Completion.Head);
        for (var tail = Volatile.Read(ref *Kernel(_made.Completion.Tail)); head != tail; head++)
        {
            var completion = all[head & mask];
            _waiting.Add((completion, turns(completion)));
        }

        Volatile.Write(ref *Kernel(_made.Completion.Head), head);
        Give(mask);

        // Whoever spins enters each time: what is late comes by an enter only.
        var told = (QueueFlags)Volatile.Read(ref *Kernel(_made.Submission.Flags));
        Volatile.Write(ref *Own(FlagsAt), (uint)(QueueFlags.TaskRun | (told & QueueFlags.CompletionOverflow)));
    }

    private void Give(uint mask)
    {
        var all = (Completion*)(_own + CompletionsAt);
        var tail = *Own(TailAt);
        var room = _made.CompletionEntries - (tail - Volatile.Read(ref *Own(HeadAt)));
        var left = 0;
        _behind.Clear();
        for (var i = 0; i < _waiting.Count; i++)
        {
            var (completion, turns) = _waiting[i];
            if (turns == 0 && room > 0 && !_behind.Contains(completion.Data))
            {
                all[tail++ & mask] = completion;
                room--;
                continue;
            }

            _behind.Add(completion.Data);
            _waiting[left++] = (completion, turns is 0 or Held ? turns : turns - 1);
        }

        _waiting.RemoveRange(left, _waiting.Count - left);
        Volatile.Write(ref *Own(TailAt), tail);
    }

    private uint* Own(int offset) => (uint*)(_own + offset);

    private uint* Kernel(uint offset) => (uint*)(_queues + offset);
}
