using System.Buffers;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NetCore.Fuzz.Memory;

/// <summary>Native memory between two pages that nobody may touch: a step over either end kills the process.</summary>
/// <remarks>What lies at an end is found at its first wrong byte. It lives as long as the process.</remarks>
internal sealed unsafe class GuardedMemory : MemoryManager<byte>
{
    private readonly byte* _first;
    private readonly int _length;

    /// <summary>Maps memory of its own, or a part of a file, so that what was written outlives the process.</summary>
    /// <param name="length">Bytes, a multiple of the page size.</param>
    /// <param name="file">The file, or null.</param>
    /// <param name="offset">Where in the file, a multiple of the page size.</param>
    public GuardedMemory(int length, SafeFileHandle? file = null, int offset = 0)
    {
        _length = length;
        nint page = Environment.SystemPageSize;
        var whole = Check(Libc.Map(
            0, length + (2 * page), Libc.ProtectNone, Libc.MapPrivate | Libc.MapAnonymous, -1, 0));
        _first = (byte*)(whole + page);
        if (file is null)
        {
            Check(Libc.Protect((nint)_first, length, Libc.ReadWrite));
        }
        else
        {
            Check(Libc.Map((nint)_first, length, Libc.ReadWrite, Libc.MapShared | Libc.MapFixed, file, offset));
        }
    }

    /// <summary>The last bytes, up to the page behind.</summary>
    public Memory<byte> AtEnd(int length) => Memory[(_length - length)..];

    /// <summary>The first bytes, from the page before.</summary>
    public Memory<byte> AtStart(int length) => Memory[..length];

    public override Span<byte> GetSpan() => new(_first, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_first + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }

    private static nint Check(nint result) =>
        result == Libc.Failed ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;
}
