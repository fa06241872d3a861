using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCore.Native;

/// <summary>The buffer that <c>epoll_wait</c> fills. For one thread; dispose it after its last wait.</summary>
/// <remarks>
/// The structure is packed on x64 (12 bytes) and not elsewhere (16 bytes), which no layout attribute can say for one
/// assembly; so it is read by offset.
/// </remarks>
internal sealed unsafe class EpollEvents(int capacity) : IDisposable
{
    private byte* _buffer = (byte*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)Stride);

    /// <summary>Bytes of one event.</summary>
    public static int Stride => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>Most events of one wait.</summary>
    public int Capacity { get; } = capacity;

    internal byte* Buffer => _buffer;

    private static int DataOffset => Stride - sizeof(ulong);

    public EpollFlags Flags(int index) => Unsafe.ReadUnaligned<EpollFlags>(_buffer + (index * Stride));

    public ulong Data(int index) => Unsafe.ReadUnaligned<ulong>(_buffer + (index * Stride) + DataOffset);

    public void Dispose()
    {
        NativeMemory.Free(_buffer);
        _buffer = null;
    }

    /// <summary>Writes one event, as <c>epoll_ctl</c> takes it.</summary>
    internal static void Write(Span<byte> into, EpollFlags flags, ulong data)
    {
        MemoryMarshal.Write(into, flags);
        MemoryMarshal.Write(into[DataOffset..], data);
    }
}
