namespace NetCore.Bench.Contenders;

/// <summary>Raw system calls, no SDK: what anything else on this machine can reach at most.</summary>
internal sealed class FloorContestant(WaitMode wait, bool framed) : EchoContestant
{
    public override string Name => "floor" + (framed ? "-framed" : "") + (wait == WaitMode.Spin ? "-spin" : "");

    public override string Description =>
        $"raw system calls from C#, {(wait == WaitMode.Spin ? "polling" : "blocking")} epoll, "
        + (framed ? "a 16-byte header read and the payload copied" : "no framing");

    public override ContestantKind Kind => framed ? ContestantKind.FramedEcho : ContestantKind.Echo;

    public override bool IsQuick => true;

    public override WaitMode Wait => wait;

    public override string? WhyNot(Scenario scenario) =>
        OperatingSystem.IsLinux() ? base.WhyNot(scenario) : "its system calls are those of Linux";

    public override Task<IServerHalf> ListenAsync(Uri address, Service service) =>
        Task.FromResult<IServerHalf>(new FloorServer(address, service, wait == WaitMode.Spin, framed));
}
