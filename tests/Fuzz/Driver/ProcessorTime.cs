using System.ComponentModel;
using System.Diagnostics;
using NetCore.Fuzz.Memory;

namespace NetCore.Fuzz.Driver;

/// <summary>
/// Time that code has run. Of the time of the wall a busy machine takes as much as it likes, so it proves no hang.
/// </summary>
internal static class ProcessorTime
{
    /// <summary>What the calling thread has used. Linux.</summary>
    public static TimeSpan OfThread =>
        Libc.GetTime(Libc.ThreadProcessorTime, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : throw new PlatformNotSupportedException("This system does not tell the time that a thread has run.");

    /// <summary>What all threads of another process have used, also one that has ended.</summary>
    public static TimeSpan Of(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended meanwhile, the second in the middle of this, which is looked for elsewhere.
            return default;
        }
    }
}
