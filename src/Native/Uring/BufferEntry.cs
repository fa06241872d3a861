using System.Runtime.InteropServices;

namespace NetCore.Native.Uring;

/// <summary>
/// <c>struct io_uring_buf</c>: a buffer that the kernel may take; since Linux 5.19. The last two bytes are left out: in
/// the first entry they are the tail of the ring, and who wrote a whole entry would write the tail.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Stride)]
internal unsafe struct BufferEntry
{
    /// <summary>Bytes from one entry to the next.</summary>
    public const int Stride = 16;

    /// <summary>Where the tail of the ring lies in its first entry.</summary>
    public const int TailOffset = 14;

    [FieldOffset(0)]
    public byte* Address;
    [FieldOffset(8)]
    public uint Length;
    [FieldOffset(12)]
    public ushort Id;
}

/// <summary><c>struct io_uring_buf_reg</c>: adds or removes a ring of buffers; since Linux 5.19.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BufferRegistration
{
    public void* Address;
    public uint Entries;
    public ushort Group;
    public ushort Flags;
    public ulong Reserved0;
    public ulong Reserved1;
    public ulong Reserved2;
}
