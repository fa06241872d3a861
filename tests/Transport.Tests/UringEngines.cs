using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The io_uring engine over loopback TCP; two reactors, so that hand-offs happen.</summary>
public class UringTcpEngine : Engine
{
    private readonly UringTransport _transport;

    public UringTcpEngine()
    {
        _transport = new UringTransport(
            World,
            new UringTransportOptions { Sockets = OfSockets, Reactors = Reactors, Wait = Wait },
            Calls(),
            Ring(),
            Settings);
        RingVariant.AssertServedBy(Settings, _transport);
    }

    public override ITransport Transport => _transport;

    public override string Backend => "uring";

    protected virtual SocketTransportOptions OfSockets => Sockets;

    protected virtual int Reactors => 2;

    protected virtual WaitPolicy Wait => WaitPolicy.Blocking;

    private protected virtual UringSettings Settings => new() { Multishot = UringMultishot.Tcp };

    private protected static UringSettings TinySettings => TinyRing.Sizes;

    private protected IEnumerable<UringSet> Sets =>
        _transport.Reactors.Select(static reactor => reactor.Events<UringSet>());

    public override TransportAddress NewAddress() => "tcp://127.0.0.1:0";

    // Port 1 of the loopback: reserved for a service that no machine runs.
    public override TransportAddress DeadAddress() => "tcp://127.0.0.1:1";

    /// <summary>A connection belongs to a reactor of this transport.</summary>
    public override bool Serves(Connection connection) =>
        base.Serves(connection) && _transport.Reactors.Any(reactor => reactor == connection.Executor);

    public override string? Leftovers() =>
        base.Leftovers() ?? ReactorLeftovers.Of(_transport.Reactors, onRings: true);

    public override async ValueTask DisposeAsync()
    {
        // It waits for its connections: a test that has failed may have left some.
        await Task.Run(_transport.Dispose).WaitAsync(Pair.Patience);
        Assert.DoesNotContain(_transport.Reactors, static reactor => reactor.IsAlive);
        Assert.Equal(0, Sets.Sum(static set => set.Counts.Stale));
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual ISystemCalls Calls() => new SystemCalls();

    private protected virtual IUringCalls Ring() => new UringKernel();
}

/// <summary>The same over Unix domain sockets.</summary>
public class UringUnixEngine : UringTcpEngine
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ncu").FullName;
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

/// <summary>Rings of a variant, by reactors that wait in one way.</summary>
public class RingEngine<TVariant, TWait> : UringTcpEngine
    where TVariant : RingVariant, new()
    where TWait : IWaitChoice
{
    // Where each may have a core for itself, a second reactor makes hand-offs.
    protected override int Reactors => TWait.Policy == WaitPolicy.Blocking ? 2 : 1;

    protected override WaitPolicy Wait => TWait.Policy;

    private protected override UringSettings Settings => new TVariant().Settings;
}

/// <summary>The same over Unix domain sockets.</summary>
public class RingUnixEngine<TVariant, TWait> : UringUnixEngine
    where TVariant : RingVariant, new()
    where TWait : IWaitChoice
{
    protected override int Reactors => TWait.Policy == WaitPolicy.Blocking ? 2 : 1;

    protected override WaitPolicy Wait => TWait.Policy;

    private protected override UringSettings Settings => new TVariant().Settings;
}

/// <summary>Rings and buffers that are always too small: everything that can be full is.</summary>
public sealed class TinyUringEngine : RingEngine<TinyRing, Blocking>;

/// <summary>Each receive is a request, as where the kernel or the options allow no other.</summary>
public sealed class SingleShotUringEngine : RingEngine<SingleShotRing, Blocking>;

/// <summary>One request receives again and again, by one reactor; direct receives are watched.</summary>
public sealed class MultishotUringEngine : UringTcpEngine
{
    internal HookedCalls Hooked { get; } = new();

    internal UringSet Ring1 => Sets.Single();

    protected override int Reactors => 1;

    private protected override ISystemCalls Calls() => Hooked;
}
