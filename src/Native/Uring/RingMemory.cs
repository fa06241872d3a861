namespace NetCore.Native.Uring;

/// <summary>The mappings of a ring, with the pointers into them. Owned by the ring.</summary>
internal sealed unsafe class RingMemory
{
    private readonly IUringCalls _calls;
    private readonly nuint _queuesBytes;
    private readonly nuint _entriesBytes;
    private byte* _queues;
    private byte* _entries;

    private RingMemory(IUringCalls calls, in RingParameters made)
    {
        _calls = calls;
        Parameters = made;
        _entriesBytes = made.SubmissionEntries * SubmissionEntry.Bytes;

        // One mapping holds both queues; without the array of indices the completions come last.
        var array = (made.Flags & SetupFlags.NoSubmissionArray) != 0
            ? 0 : made.Submission.Array + (made.SubmissionEntries * sizeof(uint));
        _queuesBytes = Math.Max(
            array, made.Completion.Completions + (made.CompletionEntries * (uint)sizeof(Completion)));
    }

    public RingParameters Parameters { get; }

    public SubmissionEntry* Entries => (SubmissionEntry*)_entries;

    public Completion* Completions => (Completion*)(_queues + Parameters.Completion.Completions);

    public static SyscallResult TryMap(
        IUringCalls calls, int descriptor, in RingParameters made, out RingMemory? memory)
    {
        var mapped = new RingMemory(calls, made);
        var result = calls.Map(descriptor, RingMapping.Queues, mapped._queuesBytes, out mapped._queues);
        if (result.IsOk)
        {
            result = calls.Map(descriptor, RingMapping.Entries, mapped._entriesBytes, out mapped._entries);
        }

        if (!result.IsOk)
        {
            mapped.Unmap();
            memory = null;
            return result;
        }

        mapped.FillArray();
        memory = mapped;
        return result;
    }

    /// <summary>A number of the queues.</summary>
    public uint* At(uint offset) => (uint*)(_queues + offset);

    public void Unmap()
    {
        if (_queues is not null)
        {
            _calls.Unmap(_queues, _queuesBytes);
        }

        if (_entries is not null)
        {
            _calls.Unmap(_entries, _entriesBytes);
        }

        _queues = _entries = null;
    }

    // Entries are used in their order, so that the array says so once and for all.
    private void FillArray()
    {
        if ((Parameters.Flags & SetupFlags.NoSubmissionArray) != 0)
        {
            return;
        }

        var array = At(Parameters.Submission.Array);
        for (uint i = 0; i < Parameters.SubmissionEntries; i++)
        {
            array[i] = i;
        }
    }
}
