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

    // With MAP_FIXED_NOREPLACE: there or not at all.
    private const int PrivateAnonymousNew = 0x100022;
    private const int SharedPopulated = 0x8001;
    private const nuint PageBytes = 4096;
    private const int PlaceStep = 64 * 1024;

    private readonly UringKernel _kernel;
    private readonly byte* _queues;
    private readonly nuint _queuesBytes;
    private readonly byte* _own;
    private readonly nuint _ownBytes;
    private readonly List<(Completion Completion, int Turns)> _waiting = [];
    private readonly HashSet<ulong> _behind = [];
    private readonly RingParameters _made;
    private SubmissionEntry* _entries;

    private DelayedQueue(
        UringKernel kernel, ref RingParameters parameters, byte* queues, nuint queuesBytes, byte* own, nuint ownBytes)
    {
        _kernel = kernel;
        _made = parameters;
        _queues = queues;
        _queuesBytes = queuesBytes;
        _own = own;
        _ownBytes = ownBytes;
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
        // The completions lie last, or the array of indices does.
        var queues = RoundUp(Math.Max(
            parameters.Completion.Completions + (parameters.CompletionEntries * (nuint)sizeof(Completion)),
            parameters.Submission.Array + (parameters.SubmissionEntries * (nuint)sizeof(uint))));
        var bytes = RoundUp(CompletionsAt + (parameters.CompletionEntries * (nuint)sizeof(Completion)));
        queue = null;
        var start = LibC.Map(null, queues, ReadWrite, SharedPopulated, ring, 0);
        if ((nint)start == -1)
        {
            return Result.Of(-1);
        }

        var own = MapBehind(start + queues, bytes);
        if (own is null)
        {
            kernel.Unmap(start, queues);
            return SyscallResult.Failed(Errno.NoMemory);
        }

        queue = new DelayedQueue(kernel, ref parameters, start, queues, own, bytes);
        return default;
    }

    // What the user sees lies behind the kernel's queues, as an offset of 32 bits must reach it. The kernel refuses to
    // put its queues at a place of one's choice, and gives the highest free place, above which there is not much.
    private static byte* MapBehind(byte* end, nuint bytes)
    {
        for (var place = end; place < end + uint.MaxValue - bytes; place += PlaceStep)
        {
            var own = LibC.Map(place, bytes, ReadWrite, PrivateAnonymousNew, -1, 0);
            if (own == place)
            {
                return own;
            }
        }

        return null;
    }

    private static nuint RoundUp(nuint bytes) => (bytes + PageBytes - 1) & ~(PageBytes - 1);

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

        _kernel.Unmap(_queues, _queuesBytes);
        _kernel.Unmap(_own, _ownBytes);
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
