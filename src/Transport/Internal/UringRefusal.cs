using System.Globalization;
using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>Why there is no ring, as far as what the process may read tells more than the error of the call.</summary>
internal static class UringRefusal
{
    // Since Linux 6.6.
    private const string Switch = "/proc/sys/kernel/io_uring_disabled";
    private const string Status = "/proc/self/status";

    // linux/capability.h and linux/seccomp.h.
    private const int SysAdmin = 21;
    private const string Filter = "2";

    /// <summary>In words that can be a part of a sentence.</summary>
    public static string Reason(RingSetup setup) => setup switch
    {
        { Refusal: RingRefusal.NotPermitted } => Forbidden(Read(Switch)?.Trim(), Read(Status)),
        { Error: Errno.TooManyFiles } => "the limit of open files (ulimit -n) is used up",
        _ => setup.Reason,
    };

    /// <summary>Why a ring has no buffers; null when there is no error.</summary>
    public static string? NoBuffers(Errno error) => error switch
    {
        Errno.None => null,
        Errno.NoMemory => "the limit of locked memory (ulimit -l) leaves no room for them",
        Errno.NotImplemented => "the kernel has none",
        _ => $"the kernel refuses them ({NativeErrors.Message(error)})",
    };

    /// <summary>Who forbids it.</summary>
    /// <param name="disabled">The value of the switch; null where there is none.</param>
    /// <param name="status">Of this process; null when it cannot be read.</param>
    public static string Forbidden(string? disabled, string? status)
    {
        var by = disabled == "2" ? "by sysctl kernel.io_uring_disabled=2"
            : disabled == "1" && !MayAdministrate(status)
                ? "sysctl kernel.io_uring_disabled=1 leaves it to CAP_SYS_ADMIN and the group of kernel.io_uring_group"
            : Field(status, "Seccomp") switch
            {
                Filter => "by the seccomp filter of this process, which containers have by default",
                null => "by a seccomp filter or a security module; 'bench doctor' says which",
                _ => "by a security module, such as SELinux or AppArmor",
            };
        return $"io_uring is forbidden here: {by}";
    }

    private static bool MayAdministrate(string? status) =>
        ulong.TryParse(Field(status, "CapEff"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var all)
        && (all >> SysAdmin & 1) != 0;

    private static string? Field(string? status, string name)
    {
        var line = Array.Find(
            (status ?? "").Split('\n'), line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return line?[(name.Length + 1)..].Trim();
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
