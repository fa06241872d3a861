using System.Runtime.InteropServices;

namespace NetCore.Bench.Doctor;

/// <summary>What the kernel's files say about the machine and about what it leaves to this process.</summary>
internal sealed class SystemFacts
{
    private const string Devices = "/sys/devices/system/cpu";

    private readonly SystemFiles _files;
    private readonly ProcessStatus _status;

    public SystemFacts(SystemFiles files)
    {
        _files = files;
        _status = new ProcessStatus(files.Read("/proc/self/status").Text ?? "");
        Allowed = CpuList.Parse(_status.Field("Cpus_allowed_list") ?? "") is { Count: > 0 } allowed ? allowed : [0];
        Sections = [Kernel(), Processor(), Bounds(), Network()];
        Guest = CpuInfo.Parse(files.Read("/proc/cpuinfo").Text ?? "").Virtual;
    }

    public IReadOnlyList<Section> Sections { get; }

    /// <summary>Cores that this process may use.</summary>
    public IReadOnlyList<int> Allowed { get; }

    /// <summary>Cores' worth of time by its control group; positive infinity without a limit.</summary>
    public double Quota { get; private set; } = double.PositiveInfinity;

    /// <summary>A hypervisor is below; null when that is unknown.</summary>
    public bool? Guest { get; }

    public string? ClockSource { get; private set; }

    public string? Governor { get; private set; }

    public IReadOnlyList<int>? SiblingsOf(int core) =>
        _files.Read($"{Devices}/cpu{core}/topology/thread_siblings_list").Text is { } text ? CpuList.Parse(text) : null;

    private Section Kernel() => new("system",
    [
        _files.Read("/proc/sys/kernel/osrelease").As("kernel"),
        Fact.Of("architecture", RuntimeInformation.OSArchitecture.ToString()),
        Fact.Of("runtime", RuntimeInformation.FrameworkDescription),
        Fact.Of("user", Environment.UserName, Environment.IsPrivilegedProcess ? "privileged" : "not privileged"),
        Container(),
        _status.Seccomp switch
        {
            0 => Fact.Of("seccomp", "no filter"),
            1 => Fact.Of("seccomp", "strict"),
            2 => Fact.Of("seccomp", "a filter decides about system calls"),
            _ => Fact.Unknown("seccomp", "/proc/self/status does not say"),
        },
        Sysctl("kernel.io_uring_disabled", static text => text switch
        {
            "0" => "0: everybody may use io_uring",
            "1" => "1: only privileged processes and one group",
            _ => $"{text}: nobody",
        }),
        _files.Read("/proc/loadavg").As("load", static text => string.Join(' ', text.Split(' ').Take(3))),
    ]);

    private Section Processor()
    {
        var info = CpuInfo.Parse(_files.Read("/proc/cpuinfo").Text ?? "");
        var vulnerabilities = $"{Devices}/vulnerabilities";
        var states = _files.List(vulnerabilities)
            .Select(name => (Name: name, _files.Read($"{vulnerabilities}/{name}").Text))
            .Where(static one => one.Text is not null).Select(static one => (one.Name, one.Text!)).ToList();
        return new Section("processor",
        [
            info.Model is { } model ? Fact.Of("model", model) : Fact.Unknown("model", "/proc/cpuinfo names none"),
            Hypervisor(info),
            _files.Read($"{Devices}/online").As("cores online"),
            Fact.Of("cores allowed", string.Join(',', Allowed)),
            _files.Read($"{Devices}/isolated").As("cores isolated", static text => text.Length == 0 ? "none" : text),
            Threads(),
            Clock(),
            Frequency(),
            _files.Read($"{Devices}/cpuidle/current_driver").As("idle driver", static text => text == "none"
                ? "none (a core without work halts, and on a guest its host takes it away)" : text),
            Mitigations.Summarize(states),
        ]);
    }

    private Section Bounds()
    {
        var cgroup = _files.Read("/proc/self/cgroup").Text ?? "";
        var mounts = _files.Read("/proc/self/mountinfo").Text ?? "";
        var quota = CpuQuota.Find(_files, CgroupMount.Find(cgroup, mounts, "cpu"), out var cores);
        Quota = cores;
        return new Section("limits",
        [
            quota,
            MemoryLimit.Find(_files, CgroupMount.Find(cgroup, mounts, "memory")),
            LockedMemory(),
            Limit("open files", "Max open files", static value => $"{value:N0}"),
        ]);
    }

    private Section Network() => new("network",
    [
        Sysctl("net.core.somaxconn"),
        Sysctl("net.ipv4.tcp_congestion_control"),
        Sysctl("net.ipv4.tcp_rmem"),
        Sysctl("net.ipv4.tcp_wmem"),
        Sysctl("net.ipv4.ip_local_port_range"),
        Sysctl("net.core.busy_poll", static text => text == "0" ? "0: sockets are not polled by the kernel" : text),
    ]);

    private Fact Container()
    {
        var marks = new[] { "/.dockerenv", "/run/.containerenv" };
        return marks.FirstOrDefault(mark => _files.Read(mark).Problem is null) is { } found
            ? Fact.Of("container", $"yes, {found} is there") : Fact.Of("container", "no sign of one");
    }

    private Fact Hypervisor(CpuInfo info) => info.Virtual switch
    {
        true => Fact.Of("virtual", "yes, a guest" + (_files.Read("/sys/class/dmi/id/sys_vendor").Text is { } vendor
            ? $" of {vendor}" : ""), "wake-ups and tails are partly the host's"),
        false => Fact.Of("virtual", "no"),
        _ => Fact.Unknown("virtual", "/proc/cpuinfo lists no flags"),
    };

    private Fact Threads()
    {
        const string name = "hardware threads";
        var first = SiblingsOf(Allowed[0]);
        return first is null ? Fact.Unknown(name, "the kernel shows no topology")
            : Fact.Of(name, first.Count == 1 ? "one for each core" : $"{first.Count} for each core");
    }

    private Fact Clock()
    {
        const string folder = "/sys/devices/system/clocksource/clocksource0";
        var current = _files.Read($"{folder}/current_clocksource");
        ClockSource = current.Text;
        return current.As("clock source") with
        {
            Reason = current.Problem ?? (_files.Read($"{folder}/available_clocksource").Text is { } all
                ? $"of {string.Join(", ", all.Split(' ', StringSplitOptions.RemoveEmptyEntries))}" : null),
        };
    }

    private Fact Frequency()
    {
        const string name = "frequency governor";
        var found = Allowed.Select(core => _files.Read($"{Devices}/cpu{core}/cpufreq/scaling_governor").Text)
            .OfType<string>().Distinct().ToList();
        Governor = found.Count == 0 ? null : string.Join(", ", found);
        return Governor is null
            ? Fact.Unknown(name, "the kernel steers no frequency here; on a guest its host does")
            : Fact.Of(name, Governor);
    }

    private Fact LockedMemory()
    {
        var fact = Limit("locked memory", "Max locked memory", Sizes.Text);
        return fact.Value is null ? fact : fact with
        {
            Reason = _status.MayLockMemory
                ? "does not hold for this process, which has CAP_IPC_LOCK"
                : "rings of io_uring count against it, of all processes of the user; NetCore's take up to 100 KiB",
        };
    }

    private Fact Limit(string name, string line, Func<long, string> words) =>
        _files.Read("/proc/self/limits") is { Text: { } text } && ProcessLimit.Parse(text, line) is { } limit
            ? Fact.Of(name, limit.Text(words)) : Fact.Unknown(name, "/proc/self/limits does not say");

    private Fact Sysctl(string name, Func<string, string>? words = null) =>
        _files.Read("/proc/sys/" + name.Replace('.', '/')).As(name, text =>
            (words ?? (static same => same))(string.Join(' ', text.Split('\t'))));
}
