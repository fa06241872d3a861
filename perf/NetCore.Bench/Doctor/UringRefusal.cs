namespace NetCore.Bench.Doctor;

/// <summary>Why io_uring_setup failed, told apart by what else is known.</summary>
internal static class UringRefusal
{
    /// <summary>The same with what this process can read.</summary>
    public static string Explain(int errno, SystemFiles files)
    {
        var status = new ProcessStatus(files.Read("/proc/self/status").Text ?? "");
        var release = files.Read("/proc/sys/kernel/osrelease").Text;
        return Explain(
            errno,
            files.Read("/proc/sys/kernel/io_uring_disabled").Text,
            status,
            release is null ? null : KernelVersion.Parse(release));
    }

    /// <param name="errno">What it failed with.</param>
    /// <param name="sysctl">The content of kernel.io_uring_disabled; null when there is no such switch.</param>
    /// <param name="status">Of this process.</param>
    /// <param name="kernel">Null when it could not be read.</param>
    public static string Explain(int errno, string? sysctl, ProcessStatus status, KernelVersion? kernel)
    {
        var filtered = status.Seccomp == 2;
        switch (errno)
        {
            case Kernel.NoSystemCall when filtered && kernel is { } known && !known.IsBefore(5, 1):
                return "a seccomp filter answers as if the kernel had no io_uring (containers do so by default): run "
                    + "with a profile that allows io_uring_setup, io_uring_enter and io_uring_register";
            case Kernel.NoSystemCall:
                return kernel is { } old && old.IsBefore(5, 1)
                    ? $"the kernel is {old}, and io_uring came with 5.1"
                    : "the kernel was built without io_uring, or something below this process hides it (gVisor does)";
            case Kernel.NotPermitted when sysctl == "2":
                return "switched off for everybody by sysctl kernel.io_uring_disabled=2";
            case Kernel.NotPermitted when sysctl == "1" && !status.MayAdministrate:
                return "sysctl kernel.io_uring_disabled=1 leaves it to CAP_SYS_ADMIN and the group of "
                    + "kernel.io_uring_group, and this process has neither";
            case Kernel.NotPermitted when filtered:
                return "a seccomp filter refuses it (containers do so by default): run with a profile that allows "
                    + "io_uring_setup, io_uring_enter and io_uring_register";
            case Kernel.NotPermitted:
                return "refused without a sysctl or a seccomp filter: a security module (SELinux, AppArmor) may do it";
            case Kernel.NoMemory:
                return "the limit of locked memory is used up, which counts for all processes of the user; raise it "
                    + "(ulimit -l)";
            default:
                return $"io_uring_setup failed: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(errno)} "
                    + $"(errno {errno})";
        }
    }
}
