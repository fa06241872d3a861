using NetCore.Bench.Doctor;

namespace NetCore.Bench.Contenders;

/// <summary>The floor once more, with a ring of io_uring in place of epoll.</summary>
internal sealed class UringFloorContestant(WaitMode wait, bool framed) : EchoContestant
{
    // Asked once: the answer of a process does not change.
    private static readonly Lazy<string?> Refusal = new(static () =>
    {
        var opened = ProbeRing.Open(8, UringFloorServer.SetUp, out var ring);
        ring?.Dispose();
        return ring is not null ? null
            : opened == -Kernel.Invalid ? "its set-up of io_uring takes Linux 6.1"
            : UringRefusal.Explain(-opened, new SystemFiles());
    });

    public override string Name =>
        "floor-uring" + (framed ? "-framed" : "") + (wait == WaitMode.Spin ? "-spin" : "");

    public override string Description =>
        $"raw system calls from C#, {(wait == WaitMode.Spin ? "a polled" : "a blocking")} ring of io_uring, "
        + (framed ? "a 16-byte header read and the payload copied" : "no framing");

    public override ContestantKind Kind => framed ? ContestantKind.FramedEcho : ContestantKind.Echo;

    public override WaitMode Wait => wait;

    public override string? WhyNot(Scenario scenario) => base.WhyNot(scenario)
        ?? (OperatingSystem.IsLinux() ? Refusal.Value : "its system calls are those of Linux");

    public override Task<IServerHalf> ListenAsync(Uri address, Service service) => Task.FromResult<IServerHalf>(
        new UringFloorServer(address, service, wait == WaitMode.Spin, framed));
}
