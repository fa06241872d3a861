using System.Runtime.InteropServices;

namespace NetCore.Native.Uring;

/// <summary><c>struct io_uring_getevents_arg</c>: how long a wait lasts; since Linux 5.11.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WaitArgument
{
    public ulong SignalMask;
    public uint SignalMaskBytes;
    public uint Padding;
    public KernelTime* Timeout;
}
