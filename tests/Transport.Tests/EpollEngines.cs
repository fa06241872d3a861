using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>The epoll engine over loopback TCP; two reactors, so that hand-offs happen.</summary>
public class EpollTcpEngine : Engine
{
    private readonly EpollTransport _transport;

    public EpollTcpEngine() => _transport = new EpollTransport(
        World, new EpollTransportOptions { Reactors = Reactors, Wait = Wait }, Calls());

    public override ITransport Transport => _transport;

    protected virtual int Reactors => 2;

    protected virtual WaitPolicy Wait => WaitPolicy.Blocking;

    public override TransportAddress NewAddress() => "tcp://127.0.0.1:0";

    // Port 1 of the loopback: reserved for a service that no machine runs.
    public override TransportAddress DeadAddress() => "tcp://127.0.0.1:1";

    public override async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual ISystemCalls Calls() => new SystemCalls();
}

/// <summary>The same with a reactor that looks before it sleeps, and only one.</summary>
public sealed class EpollAdaptiveEngine : EpollTcpEngine
{
    protected override int Reactors => 1;

    protected override WaitPolicy Wait => WaitPolicy.Adaptive;
}

/// <summary>The same over Unix domain sockets.</summary>
public class EpollUnixEngine : EpollTcpEngine
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nce").FullName;
    private int _next;

    // A Unix domain socket has no reset: the peer sees the end of the input.
    public override bool AbortIsReset => false;

    public override TransportAddress NewAddress() => TransportAddress.Unix($"{_folder}/{++_next}.sock");

    public override TransportAddress DeadAddress() => TransportAddress.Unix($"{_folder}/dead.sock");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>TCP with a kernel that sends little at a time, wakes for nothing and runs out of descriptors.</summary>
public sealed class FaultyEpollTcpEngine : EpollTcpEngine
{
    private protected override ISystemCalls Calls() => new FaultySystemCalls(seed: 1, shortReceives: false);
}

/// <summary>Unix domain sockets with the same kernel, which also gives little at a time.</summary>
public sealed class FaultyEpollUnixEngine : EpollUnixEngine
{
    private protected override ISystemCalls Calls() => new FaultySystemCalls(seed: 2, shortReceives: true);
}
