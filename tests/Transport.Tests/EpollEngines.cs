using NetCore.Native;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The epoll engine over loopback TCP; two reactors, so that hand-offs happen.</summary>
public class EpollTcpEngine : Engine
{
    private readonly EpollTransport _transport;

    public EpollTcpEngine() => _transport = new EpollTransport(
        World, new EpollTransportOptions { Sockets = Sockets, Reactors = Reactors, Wait = Wait }, Calls());

    public override ITransport Transport => _transport;

    public override string Backend => "epoll";

    public override bool IdleHoldsNoBlock => Wait != WaitPolicy.BusyPoll;

    protected virtual int Reactors => 2;

    protected virtual WaitPolicy Wait => WaitPolicy.Blocking;

    public override TransportAddress NewAddress() => "tcp://127.0.0.1:0";

    // Port 1 of the loopback: reserved for a service that no machine runs.
    public override TransportAddress DeadAddress() => "tcp://127.0.0.1:1";

    /// <summary>A connection belongs to a reactor of this transport.</summary>
    public override bool Serves(Connection connection) =>
        base.Serves(connection) && _transport.Reactors.Any(reactor => reactor == connection.Executor);

    public override string? Leftovers()
    {
        var load = _transport.Reactors.Sum(static reactor => reactor.Load);
        var slots = _transport.Reactors.Sum(static reactor => reactor.Slots);
        return base.Leftovers()
            ?? (load != 0 ? $"{load} descriptors are served or expected"
                : slots != 0 ? $"{slots} slots are taken" : null);
    }

    public override async ValueTask DisposeAsync()
    {
        // It waits for its connections: a test that has failed may have left some.
        await Task.Run(_transport.Dispose).WaitAsync(Pair.Patience);
        Assert.DoesNotContain(_transport.Reactors, static reactor => reactor.IsAlive);
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

/// <summary>The same with a reactor that never sleeps, and only one.</summary>
public sealed class EpollBusyEngine : EpollTcpEngine
{
    protected override int Reactors => 1;

    protected override WaitPolicy Wait => WaitPolicy.BusyPoll;
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

/// <summary>Unix domain sockets and one reactor that looks before it sleeps.</summary>
public sealed class EpollAdaptiveUnixEngine : EpollUnixEngine
{
    protected override int Reactors => 1;

    protected override WaitPolicy Wait => WaitPolicy.Adaptive;
}

/// <summary>Unix domain sockets and one reactor that never sleeps.</summary>
public sealed class EpollBusyUnixEngine : EpollUnixEngine
{
    protected override int Reactors => 1;

    protected override WaitPolicy Wait => WaitPolicy.BusyPoll;
}
