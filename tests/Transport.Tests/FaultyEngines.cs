using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>TCP with a kernel that sends little at a time, is interrupted and runs out of descriptors.</summary>
public sealed class FaultyEpollTcpEngine : EpollTcpEngine
{
    private protected override ISystemCalls Calls() => new Faults(seed: 1, shortReceives: false).Calls();
}

/// <summary>Unix domain sockets with the same kernel, which also gives little at a time.</summary>
public sealed class FaultyEpollUnixEngine : EpollUnixEngine
{
    private protected override ISystemCalls Calls() => new Faults(seed: 2, shortReceives: true).Calls();
}

/// <summary>One reactor on such a kernel that looks before it sleeps.</summary>
public sealed class FaultyEpollAdaptiveEngine : EpollTcpEngine
{
    protected override int Reactors => 1;

    protected override WaitPolicy Wait => WaitPolicy.Adaptive;

    private protected override ISystemCalls Calls() => new Faults(seed: 3, shortReceives: false).Calls();
}

/// <summary>One reactor on such a kernel that never sleeps, with Unix domain sockets.</summary>
public sealed class FaultyEpollBusyUnixEngine : EpollUnixEngine
{
    protected override int Reactors => 1;

    protected override WaitPolicy Wait => WaitPolicy.BusyPoll;

    private protected override ISystemCalls Calls() => new Faults(seed: 4, shortReceives: true).Calls();
}

/// <summary>Rings over TCP on such a kernel.</summary>
public sealed class FaultyUringEngine : UringTcpEngine
{
    private readonly Faults _faults = new(seed: 5, shortReceives: false);

    private protected override IUringCalls Ring() => new FaultyRing(_faults);

    private protected override ISystemCalls Calls() => _faults.Calls();
}

/// <summary>Small rings over Unix domain sockets on such a kernel, by one reactor that never sleeps.</summary>
public sealed class FaultyBusyUringUnixEngine : UringUnixEngine
{
    private readonly Faults _faults = new(seed: 6, shortReceives: true);

    protected override int Reactors => 1;

    protected override WaitPolicy Wait => WaitPolicy.BusyPoll;

    private protected override Internal.UringSettings Settings => TinySettings;

    private protected override IUringCalls Ring() => new FaultyRing(_faults);

    private protected override ISystemCalls Calls() => _faults.Calls();
}
