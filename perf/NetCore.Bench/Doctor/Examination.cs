using NetCore.Bench.Contenders;

namespace NetCore.Bench.Doctor;

/// <summary>Looks at everything, one after the other; about fifteen seconds.</summary>
internal sealed class Examination(SystemFiles files, Action<string> progress)
{
    private readonly List<Measurement> _measurements = [];

    public DoctorReport Run()
    {
        progress("reading what the kernel says");
        var facts = new SystemFacts(files);
        var cores = CorePair.Choose(facts.Allowed, facts.SiblingsOf);
        progress("trying io_uring and epoll");
        var uring = UringProbe.Run(files, out var flags);
        var epoll = EpollProbe.Run();

        // A slip in the environment is told before anything is measured.
        _ = RingTrial.Refusal();
        var load = SystemLoad.OfMachine();
        var used = Environment.CpuUsage.TotalTime;
        progress("system calls");
        _measurements.AddRange(SystemCallCost.All(cores, flags));
        Measure("wake-ups", () => WakeUpCost.Halted(cores), () => WakeUpCost.KeptAwake(cores));
        Measure("epoll and io_uring side by side",
            () => EngineCost.Epoll(cores, 1),
            () => EngineCost.Uring(cores, 1, flags),
            () => EngineCost.Epoll(cores, EngineCost.Batch),
            () => EngineCost.Uring(cores, EngineCost.Batch, flags));
        progress("NetCore's engines side by side");
        _measurements.AddRange(EngineRate.All(cores));
        foreach (var unix in new[] { false, true })
        {
            Measure(unix ? "the floor over a Unix socket" : "the floor over TCP on the loopback",
                () => RoundTrip.Blocking(cores, unix),
                () => RoundTrip.KeptAwake(cores, unix),
                () => RoundTrip.Polling(cores, unix));
        }

        var sockets = new EngineReport("sockets", true, "System.Net.Sockets of the runtime works everywhere", []);
        var disturbance = load is null
            ? null : SystemLoad.OfMachine()?.Since(load, Environment.CpuUsage.TotalTime - used);
        return new DoctorReport
        {
            At = DateTimeOffset.UtcNow,
            Sections = facts.Sections,
            Engines = [uring, epoll, sockets],
            Measurements = _measurements,
            Choice = Advice.Of(EvidenceOf(facts, cores, uring, epoll) with { Disturbance = disturbance }),
        };
    }

    private void Measure(string what, params ReadOnlySpan<Func<Measurement>> measurements)
    {
        progress(what);
        foreach (var measurement in measurements)
        {
            _measurements.Add(measurement());
        }
    }

    private Evidence EvidenceOf(SystemFacts facts, CorePair cores, EngineReport uring, EngineReport epoll) => new()
    {
        Cores = cores,
        AllowedCores = facts.Allowed.Count,
        Quota = facts.Quota,
        Uring = uring,
        Epoll = epoll,
        EpollCost = Find(m => m.Name.StartsWith("epoll, server", StringComparison.Ordinal)),
        UringCost = Find(m => m.Name.StartsWith("io_uring, server", StringComparison.Ordinal)),
        OurEpoll = Find(static m => m.Name == EngineRate.NameOf("epoll")),
        OurUring = Find(static m => m.Name == EngineRate.NameOf("uring")),
        NoUring = WhyNot(EngineRate.NameOf("uring")),
        NoEpoll = WhyNot(EngineRate.NameOf("epoll")),
        Forbidden = RingTrial.Forbidden,
        WakeHalted = Find(m => m.Name == "wake-up, core halted"),
        WakeAwake = Find(m => m.Name == "wake-up, core kept awake"),
        BlockingRoundTrip = Find(m => m.Name == "TCP loopback round trip, blocking"),
        PollingRoundTrip = Find(m => m.Name == "TCP loopback round trip, both sides polling"),
        SystemCall = Find(m => m.Name == "system call"),
        ClockSource = facts.ClockSource,
        Governor = facts.Governor,
    };

    private string? WhyNot(string name) => _measurements.Find(one => one.Name == name && one.MedianNs is null)?.Reason;

    // The last one of its kind: of the engines the one with many requests at once.
    private double? Find(Func<Measurement, bool> match) => _measurements.LastOrDefault(match)?.MedianNs;
}
