using System.Runtime.InteropServices;
using NetCore.Native;
using NetCore.Native.Internal;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>A copy of a ring's queues, which some completions reach late.</summary>
/// <remarks>
/// The user of the ring has the copy; each enter brings what he has written to the kernel's queues, and what the kernel
/// has written back. The completions of one request keep their order, those of different requests do not: the kernel
/// promises no more. For the thread of the ring.
/// </remarks>
internal sealed unsafe class DelayedQueue
{
    /// <summary>A completion that waits until it is let go.</summary>
    public const int Held = int.MaxValue;

    private const int ReadWrite = 3;
    private const int SharedPopulated = 0x8001;

    private readonly UringKernel _kernel;
    private readonly nuint _bytes;
    private readonly byte* _queues;
    private readonly byte* _own;
    private readonly List<(Completion Completion, int Turns)> _waiting = [];
    private readonly HashSet<ulong> _behind = [];
    private readonly RingParameters _made;
    private SubmissionEntry* _entries;

    private DelayedQueue(UringKernel kernel, in RingParameters made, byte* queues, nuint bytes)
    {
        _kernel = kernel;
        _made = made;
        _queues = queues;
        _bytes = bytes;
        _own = (byte*)NativeMemory.AlignedAlloc(bytes, 64);
        new Span<byte>(queues, (int)bytes).CopyTo(new Span<byte>(_own, (int)bytes));
        *Own(_made.Submission.Flags) = (uint)QueueFlags.TaskRun;
    }

    private bool HasArray => (_made.Flags & SetupFlags.NoSubmissionArray) == 0;

    /// <summary>Whether some come with the next turns: nobody may sleep meanwhile.</summary>
    public bool IsDue => _waiting.Exists(static one => one.Turns != Held);

    /// <summary>Maps the queues of a new ring.</summary>
    public static SyscallResult TryMap(UringKernel kernel, int ring, in RingParameters made, out DelayedQueue? queue)
    {
        // The completions lie last, or the array of indices does.
        var bytes = Math.Max(
            made.Completion.Completions + (made.CompletionEntries * (nuint)sizeof(Completion)),
            made.Submission.Array + (made.SubmissionEntries * (nuint)sizeof(uint)));
        var queues = LibC.Map(null, bytes, ReadWrite, SharedPopulated, ring, 0);
        if ((nint)queues == -1)
        {
            queue = null;
            return Result.Of(-1);
        }

        queue = new DelayedQueue(kernel, made, queues, bytes);
        return default;
    }

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address)
    {
        if (what == RingMapping.Queues)
        {
            address = _own;
            return default;
        }

        var result = _kernel.Map(ring, what, bytes, out address);
        _entries = (SubmissionEntry*)address;
        return result;
    }

    public bool TryUnmap(byte* address)
    {
        if (address != _own)
        {
            return false;
        }

        NativeMemory.AlignedFree(_own);
        _kernel.Unmap(_queues, _bytes);
        return true;
    }

    /// <summary>Before an enter: brings the kernel what the user has submitted.</summary>
    public void Submit()
    {
        if (HasArray)
        {
            var bytes = _made.SubmissionEntries * sizeof(uint);
            Buffer.MemoryCopy(Own(_made.Submission.Array), Kernel(_made.Submission.Array), bytes, bytes);
        }

        Volatile.Write(ref *Kernel(_made.Submission.Tail), *Own(_made.Submission.Tail));
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
        Volatile.Write(
            ref *Own(_made.Submission.Flags), (uint)(QueueFlags.TaskRun | (told & QueueFlags.CompletionOverflow)));
        Volatile.Write(ref *Own(_made.Submission.Head), Volatile.Read(ref *Kernel(_made.Submission.Head)));
        *Own(_made.Completion.Overflow) = *Kernel(_made.Completion.Overflow);
    }

    private void Give(uint mask)
    {
        var all = (Completion*)(_own + _made.Completion.Completions);
        var tail = *Own(_made.Completion.Tail);
        var room = _made.CompletionEntries - (tail - Volatile.Read(ref *Own(_made.Completion.Head)));
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
        Volatile.Write(ref *Own(_made.Completion.Tail), tail);
    }

    private uint* Own(uint offset) => (uint*)(_own + offset);

    private uint* Kernel(uint offset) => (uint*)(_queues + offset);
}
