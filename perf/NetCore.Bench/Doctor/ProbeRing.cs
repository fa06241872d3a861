using System.Runtime.InteropServices;

namespace NetCore.Bench.Doctor;

/// <summary>
/// A ring of io_uring, as much of one as the probes and the floor need. Of the thread that opened it.
/// </summary>
internal sealed unsafe class ProbeRing : IDisposable
{
    private const int ParameterBytes = 120;
    private const int EntryBytes = 64;
    private const int CompletionBytes = 16;
    private const int EntriesOffset = 0x10000000;
    private const int WaitForCompletions = 1;

    // IORING_SQ_CQ_OVERFLOW and IORING_SQ_TASKRUN.
    private const uint WorkWaits = 6;

    // What closed rings held counts for some 20 ms more, now and then longer, and the probes open one after the other.
    private static readonly int[] PauseMilliseconds = [5, 10, 20, 40, 80];

    private readonly byte* _ring;
    private readonly byte* _entries;
    private readonly nint _ringBytes;
    private readonly nint _entriesBytes;
    private readonly RingOffsets _offsets;
    private uint _tail;
    private int _prepared;

    private ProbeRing(int fd, RingOffsets offsets)
    {
        Fd = fd;
        _offsets = offsets;
        _entriesBytes = (nint)(offsets.Entries * EntryBytes);
        _ringBytes = (nint)Math.Max(
            offsets.Array + (offsets.Entries * sizeof(uint)),
            offsets.Completions + (offsets.CompletionEntries * CompletionBytes));
        _ring = Kernel.Map(fd, _ringBytes, 0);
        _entries = Kernel.Map(fd, _entriesBytes, EntriesOffset);
    }

    public int Fd { get; }

    /// <summary>What the kernel says it can do; bits of IORING_FEAT.</summary>
    public uint Features => _offsets.Features;

    /// <summary>Entries that can be prepared before the next submission.</summary>
    public int Room => (int)_offsets.Entries - _prepared;

    /// <summary>Whether something was prepared.</summary>
    public bool HasPrepared => _prepared > 0;

    /// <summary>Whether an entry of the kernel would bring completions; there may be some without that too.</summary>
    public bool HasWork => (Volatile.Read(ref *(uint*)(_ring + _offsets.SubmissionFlags)) & WorkWaits) != 0;

    /// <summary>Whether there is something to take.</summary>
    public bool HasCompletions => *(uint*)(_ring + _offsets.CompletionHead)
        != Volatile.Read(ref *(uint*)(_ring + _offsets.CompletionTail));

    public bool IsMapped => _ring != null && _entries != null;

    /// <summary>A ring, or -errno and none.</summary>
    /// <remarks>Locked memory that has been used up may be free a moment later: it waits up to 155 ms for it.</remarks>
    public static int Open(int entries, uint flags, out ProbeRing? ring)
    {
        ProbeRing? made = null;
        var opened = Patiently(() => TryOpen(entries, flags, out made), Thread.Sleep);
        ring = made;
        return opened;
    }

    /// <summary>Opens, and again as long as it lacks memory and there is a pause left.</summary>
    internal static int Patiently(Func<int> open, Action<int> pause)
    {
        var opened = open();
        for (var i = 0; opened == -Kernel.NoMemory && i < PauseMilliseconds.Length; i++)
        {
            pause(PauseMilliseconds[i]);
            opened = open();
        }

        return opened;
    }

    private static int TryOpen(int entries, uint flags, out ProbeRing? ring)
    {
        var parameters = stackalloc byte[ParameterBytes];
        new Span<byte>(parameters, ParameterBytes).Clear();
        ((uint*)parameters)[2] = flags;
        if ((flags & UringFlags.CqSize) != 0)
        {
            ((uint*)parameters)[1] = (uint)entries * 4;
        }

        var fd = Kernel.UringSetup(entries, parameters);
        ring = fd < 0 ? null : new ProbeRing(fd, RingOffsets.Read((uint*)parameters));
        return fd;
    }

    /// <summary>The next entry of the submission queue, cleared but for these.</summary>
    /// <param name="operation">IORING_OP.</param>
    /// <param name="fd">With which file.</param>
    /// <param name="address">The memory.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="data">Comes back with the completion.</param>
    /// <param name="priority">The field ioprio, where transfers have their flags.</param>
    /// <param name="flags">IOSQE.</param>
    /// <param name="callFlags">Those of the system call.</param>
    public void Prepare(
        byte operation,
        int fd,
        void* address,
        int length,
        ulong data,
        ushort priority = 0,
        byte flags = 0,
        int callFlags = 0)
    {
        var index = (_tail + (uint)_prepared) & (_offsets.Entries - 1);
        var entry = _entries + (index * EntryBytes);
        new Span<byte>(entry, EntryBytes).Clear();
        entry[0] = operation;
        entry[1] = flags;
        *(ushort*)(entry + 2) = priority;
        *(int*)(entry + 4) = fd;
        *(ulong*)(entry + 16) = (ulong)address;
        *(int*)(entry + 24) = length;
        *(int*)(entry + 28) = callFlags;
        *(ulong*)(entry + 32) = data;
        if ((_offsets.Flags & UringFlags.NoSqArray) == 0)
        {
            ((uint*)(_ring + _offsets.Array))[index] = index;
        }

        _prepared++;
    }

    /// <summary>Submits what was prepared and waits for completions; -errno when that fails.</summary>
    public int Submit(int wait)
    {
        var submit = _prepared;
        _tail += (uint)_prepared;
        _prepared = 0;
        Volatile.Write(ref *(uint*)(_ring + _offsets.Tail), _tail);
        int result;
        do
        {
            result = Kernel.UringEnter(Fd, submit, wait, WaitForCompletions);
        }
        while (result == -Contenders.Libc.Interrupted);
        return result;
    }

    /// <summary>Takes the next completion.</summary>
    public bool TryTake(out ulong data, out int result) => TryTake(out data, out result, out _);

    /// <summary>The same with its flags, IORING_CQE_F.</summary>
    public bool TryTake(out ulong data, out int result, out uint flags)
    {
        var head = (uint*)(_ring + _offsets.CompletionHead);
        var tail = Volatile.Read(ref *(uint*)(_ring + _offsets.CompletionTail));
        if (*head == tail)
        {
            data = 0;
            result = 0;
            flags = 0;
            return false;
        }

        var completion = _ring + _offsets.Completions + ((*head & (_offsets.CompletionEntries - 1)) * CompletionBytes);
        data = *(ulong*)completion;
        result = *(int*)(completion + 8);
        flags = *(uint*)(completion + 12);
        Volatile.Write(ref *head, *head + 1);
        return true;
    }

    /// <summary>For each operation that is asked for, whether the kernel has it; null when it does not tell.</summary>
    public bool[]? Supports(ReadOnlySpan<byte> operations)
    {
        const int registerProbe = 8;
        const int most = 256;
        var bytes = stackalloc byte[16 + (most * 8)];
        new Span<byte>(bytes, 16 + (most * 8)).Clear();
        if (Kernel.UringRegister(Fd, registerProbe, bytes, most) < 0)
        {
            return null;
        }

        var supported = new bool[operations.Length];
        for (var i = 0; i < supported.Length; i++)
        {
            // Last operation, count, padding; then op, padding, flags (bit 0: supported), padding for each.
            var entry = bytes + 16 + (operations[i] * 8);
            supported[i] = operations[i] <= bytes[0] && (entry[2] & 1) != 0;
        }

        return supported;
    }

    public void Dispose()
    {
        if (_ring != null)
        {
            Kernel.Unmap(_ring, _ringBytes);
        }

        if (_entries != null)
        {
            Kernel.Unmap(_entries, _entriesBytes);
        }

        _ = Contenders.Libc.Close(Fd);
    }
}
