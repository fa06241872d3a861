using NetCore.Native;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>Who forbids the ring, as far as a process may know.</summary>
public sealed class UringRefusalTests
{
    private const string Unprivileged = "CapEff:\t00000000a80425fb\n";
    private const string Root = "CapEff:\t000001ffffffffff\n";

    [Theory]
    [InlineData("2", Root + "Seccomp:\t0\n", "by sysctl kernel.io_uring_disabled=2")]
    [InlineData("1", Unprivileged + "Seccomp:\t2\n",
        "sysctl kernel.io_uring_disabled=1 leaves it to CAP_SYS_ADMIN and the group of kernel.io_uring_group")]
    [InlineData("1", Root + "Seccomp:\t2\n",
        "by the seccomp filter of this process, which containers have by default")]
    [InlineData("0", Root + "Seccomp:\t2\nSeccomp_filters:\t1\n",
        "by the seccomp filter of this process, which containers have by default")]
    [InlineData("0", Unprivileged + "Seccomp:\t0\n", "by a security module, such as SELinux or AppArmor")]
    [InlineData(null, null, "by a seccomp filter or a security module; 'bench doctor' says which")]
    public void The_reason_names_who_forbids_it(string? disabled, string? status, string by) =>
        Assert.Equal($"io_uring is forbidden here: {by}", UringRefusal.Forbidden(disabled, status));

    [Theory]
    [InlineData((int)Errno.NotPermitted, "io_uring is forbidden here: ")]
    [InlineData((int)Errno.TooManyFiles, "the limit of open files (ulimit -n) is used up")]
    [InlineData((int)Errno.FileTableFull, "there are too many open files")]
    public void The_self_test_says_it(int error, string reason)
    {
        var failure = UringProbe.Run(new RefusedRing((Errno)error)).Failure;
        Assert.StartsWith(reason, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("sysctl kernel.io_uring_disabled, a seccomp", failure, StringComparison.Ordinal);
    }
}
