using System.Runtime.InteropServices;

namespace NetCore.Native.Uring;

/// <summary>Buffers of one size that the kernel takes when something has arrived; since Linux 5.19.</summary>
/// <remarks>
/// Of the thread of the ring. A buffer is with the kernel or was taken; the misuse of one is an exception. Dispose it
/// before its ring, and when no request of the group is in flight: the kernel writes into the buffers until then.
/// </remarks>
internal sealed unsafe class BufferRing : IDisposable
{
    /// <summary>The kernel's own limit.</summary>
    public const int MaxCount = 32768;

    private const nuint PageBytes = 4096;

    private readonly Ring _ring;
    private readonly byte* _entries;
    private readonly byte* _memory;
    private readonly bool[] _taken;
    private readonly int _mask;
    private ushort _tail;
    private bool _disposed;

    private BufferRing(Ring ring, ushort group, int count, int bytesEach)
    {
        _ring = ring;
        Group = group;
        Count = count;
        BytesEach = bytesEach;
        _mask = count - 1;
        _taken = new bool[count];
        _entries = Allocate((nuint)count * BufferEntry.Stride);
        _memory = Allocate((nuint)count * (nuint)bytesEach);
    }

    /// <summary>What an entry names to have one of these buffers.</summary>
    public ushort Group { get; }

    public int Count { get; }

    public int BytesEach { get; }

    /// <summary>Buffers that were taken and not given back.</summary>
    public int Taken { get; private set; }

    /// <summary>Makes the buffers and gives all of them to the kernel.</summary>
    /// <param name="ring">Whose they are.</param>
    /// <param name="group">Names them; another one for each buffer ring of the ring.</param>
    /// <param name="count">How many: a power of two, at most <see cref="MaxCount"/>.</param>
    /// <param name="bytesEach">The size of each.</param>
    /// <param name="buffers">The buffers; null with an error.</param>
    public static SyscallResult TryCreate(
        Ring ring, ushort group, int count, int bytesEach, out BufferRing? buffers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesEach, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(int.IsPow2(count), true);
        buffers = null;
        var made = new BufferRing(ring, group, count, bytesEach);
        var registration = new BufferRegistration
        {
            Address = made._entries, Entries = (uint)count, Group = group,
        };
        var result = ring.Register(RegisterOperation.AddBufferRing, &registration, 1);
        if (!result.IsOk)
        {
            made.Free();
            return result;
        }

        for (ushort id = 0; id < count; id++)
        {
            made.Add(id);
        }

        made.Publish();
        buffers = made;
        return result;
    }

    /// <summary>The buffer of a completion; the caller's until it is given back.</summary>
    public Span<byte> Take(ushort id)
    {
        if (id >= Count || _taken[id])
        {
            throw new InvalidOperationException($"Buffer {id} of group {Group} is not with the kernel.");
        }

        _taken[id] = true;
        Taken++;
        return new Span<byte>(_memory + ((nint)id * BytesEach), BytesEach);
    }

    /// <summary>Gives a buffer back; the kernel sees it after <see cref="Publish"/>.</summary>
    public void Return(ushort id)
    {
        if (id >= Count || !_taken[id])
        {
            throw new InvalidOperationException($"Buffer {id} of group {Group} was not taken.");
        }

        _taken[id] = false;
        Taken--;
        Add(id);
    }

    /// <summary>Shows the kernel what was given back: once for a batch.</summary>
    public void Publish() => Volatile.Write(ref *(ushort*)(_entries + BufferEntry.TailOffset), _tail);

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        var registration = new BufferRegistration { Group = Group };
        _ = _ring.Register(RegisterOperation.RemoveBufferRing, &registration, 1);
        Free();
    }

    private static byte* Allocate(nuint bytes)
    {
        // Touched at once, so that no first receive waits for pages.
        var memory = (byte*)NativeMemory.AlignedAlloc(bytes, PageBytes);
        NativeMemory.Clear(memory, bytes);
        return memory;
    }

    private void Add(ushort id)
    {
        var entry = (BufferEntry*)(_entries + ((_tail++ & _mask) * BufferEntry.Stride));
        entry->Address = _memory + ((nint)id * BytesEach);
        entry->Length = (uint)BytesEach;
        entry->Id = id;
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_entries);
        NativeMemory.AlignedFree(_memory);
    }
}
