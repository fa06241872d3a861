using NetCore.Bench.Doctor;

namespace NetCore.Bench.Tests.Doctor;

public class ParserTests
{
    private const string OldMounts = """
        30 22 0:27 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
        31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
        34 30 0:31 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
        """;

    private const string NewMounts = "35 25 0:30 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

    [Theory]
    [InlineData("0-1,4", new[] { 0, 1, 4 })]
    [InlineData("3", new[] { 3 })]
    [InlineData(" 0-3\n", new[] { 0, 1, 2, 3 })]
    [InlineData("", new int[0])]
    public void A_list_of_cores_is_read(string text, int[] cores) => Assert.Equal(cores, CpuList.Parse(text));

    [Theory]
    [InlineData("a")]
    [InlineData("1-")]
    [InlineData("2-1")]
    [InlineData("0-99999999")]
    [InlineData("1-2-3")]
    public void What_is_no_list_of_cores_is_refused(string text) => Assert.Null(CpuList.Parse(text));

    [Fact]
    public void The_processor_is_the_first_one_of_the_file()
    {
        var info = CpuInfo.Parse(
            "processor\t: 0\nmodel name\t: Fast One\nflags\t: fpu hypervisor\n\nmodel name\t: Two\n");
        Assert.Equal(new CpuInfo("Fast One", true), info);
        Assert.Equal(new CpuInfo(null, null), CpuInfo.Parse(""));
        Assert.Equal(
            "ARM implementer 0x41 part 0xd0c",
            CpuInfo.Parse("processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n").Model);
    }

    [Fact]
    public void The_status_tells_seccomp_and_capabilities()
    {
        var status = new ProcessStatus("Name:\tx\nSeccomp:\t2\nSeccomp_filters:\t1\nCapEff:\t0000000000204000\n");
        Assert.Equal(2, status.Seccomp);
        Assert.True(status.MayLockMemory);
        Assert.True(status.MayAdministrate);
        var bare = new ProcessStatus("CapEff:\t0000000000000000\n");
        Assert.Null(bare.Seccomp);
        Assert.False(bare.MayLockMemory);
        Assert.False(bare.MayAdministrate);
    }

    [Fact]
    public void A_limit_has_two_values()
    {
        const string text = "Limit                     Soft Limit           Hard Limit           Units     \n"
            + "Max locked memory         8388608              unlimited            bytes     \n";
        Assert.Equal(new ProcessLimit(8388608, null), ProcessLimit.Parse(text, "Max locked memory"));
        Assert.Null(ProcessLimit.Parse(text, "Max locked"));
        Assert.Null(ProcessLimit.Parse("Max locked memory many many bytes", "Max locked memory"));
        Assert.Equal("8 MiB, may be raised to unlimited", new ProcessLimit(8388608, null).Text(Sizes.Text));
    }

    [Theory]
    [InlineData("cpu", false, "/sys/fs/cgroup/cpu,cpuacct/jobs/one")]
    [InlineData("memory", false, "/sys/fs/cgroup/memory")]
    public void A_group_of_version_1_is_found(string controller, bool unified, string folder)
    {
        var mount = CgroupMount.Find("4:memory:/\n2:cpu,cpuacct:/jobs/one\n0::/\n", OldMounts, controller);
        Assert.Equal(unified, mount?.Unified);
        Assert.Equal(folder, mount?.Folder);
    }

    [Fact]
    public void A_group_of_version_2_is_found_with_those_above_it()
    {
        var mount = CgroupMount.Find("0::/user.slice/one\n", NewMounts, "cpu");
        Assert.Equal(
            ["/sys/fs/cgroup/user.slice/one", "/sys/fs/cgroup/user.slice", "/sys/fs/cgroup"], mount!.Upwards());
        Assert.Null(CgroupMount.Find("", NewMounts, "cpu"));
        Assert.Null(CgroupMount.Find("0::/", "", "cpu"));
    }

    [Fact]
    public void The_path_of_a_container_is_not_doubled()
    {
        const string mounts = "31 30 0:28 /docker/abc /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu\n";
        Assert.Equal("/sys/fs/cgroup/cpu", CgroupMount.Find("2:cpu:/docker/abc\n", mounts, "cpu")?.Folder);
    }

    [Theory]
    [InlineData("max 100000", double.PositiveInfinity)]
    [InlineData("150000 100000", 1.5)]
    [InlineData("x 100000", null)]
    [InlineData("100000 0", null)]
    [InlineData("", null)]
    public void A_quota_is_read(string text, double? cores) => Assert.Equal(cores, CpuQuota.ParseMax(text));

    [Theory]
    [InlineData("max", long.MaxValue)]
    [InlineData("9223372036854771712", long.MaxValue)]
    [InlineData("1048576", 1048576L)]
    [InlineData("?", null)]
    public void A_limit_of_memory_is_read(string text, long? bytes) => Assert.Equal(bytes, MemoryLimit.Parse(text));

    [Theory]
    [InlineData("6.18.44-fc-v769", 6, 18)]
    [InlineData("5.4.0", 5, 4)]
    [InlineData("6.1-rc3", 6, 1)]
    public void A_kernel_release_has_two_numbers(string text, int major, int minor) =>
        Assert.Equal(new KernelVersion(major, minor), KernelVersion.Parse(text));

    [Fact]
    public void A_kernel_release_without_numbers_is_none() => Assert.Null(KernelVersion.Parse("linux"));

    [Fact]
    public void Mitigations_that_lengthen_system_calls_are_named()
    {
        var fact = Mitigations.Summarize(
            [("meltdown", "Mitigation: PTI"), ("mds", "Not affected"), ("l1tf", "Vulnerable")]);
        Assert.Equal("meltdown: PTI; open: l1tf", fact.Value);
        Assert.Contains("PTI", fact.Reason, StringComparison.Ordinal);
        Assert.Null(Mitigations.Summarize([("mds", "Not affected")]).Reason);
        Assert.Null(Mitigations.Summarize([]).Value);
    }

    [Theory]
    [InlineData(512, "512 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(8388608, "8 MiB")]
    public void Sizes_have_units(long bytes, string text) => Assert.Equal(text, Sizes.Text(bytes));
}
