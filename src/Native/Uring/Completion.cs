using System.Runtime.InteropServices;

namespace NetCore.Native.Uring;

/// <summary><c>struct io_uring_cqe</c>: how a request went.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Completion(ulong data, int result, CompletionFlags flags)
{
    private const int BufferShift = 16;

    /// <summary>What came with the request.</summary>
    public readonly ulong Data = data;

    /// <summary>What the call of that name would have answered, or an error below zero.</summary>
    public readonly int Result = result;

    public readonly CompletionFlags Flags = flags;

    public Errno Error => Result < 0 ? (Errno)(-Result) : Errno.None;

    /// <summary>Whether the request goes on: the kernel still uses what the request named.</summary>
    public bool HasMore => (Flags & CompletionFlags.More) != 0;

    /// <summary>Whether a buffer was taken, which may be so whatever the result is.</summary>
    public bool HasBuffer => (Flags & CompletionFlags.Buffer) != 0;

    /// <summary>The buffer, when there is one.</summary>
    public ushort BufferId => (ushort)((uint)Flags >> BufferShift);
}
