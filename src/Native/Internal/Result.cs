using System.Runtime.InteropServices;

namespace NetCore.Native.Internal;

/// <summary>From the C convention (-1 and errno) to a value.</summary>
internal static class Result
{
    public static SyscallResult Of(nint returned) => returned >= 0
        ? new SyscallResult((int)returned, Errno.None)
        : SyscallResult.Failed((Errno)Marshal.GetLastPInvokeError());
}
