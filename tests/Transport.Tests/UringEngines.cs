using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The io_uring engine over loopback TCP; two reactors, so that hand-offs happen.</summary>
public class UringTcpEngine : Engine
{
    private readonly UringTransport _transport;

    public UringTcpEngine() => _transport = new UringTransport(
        World,
        new UringTransportOptions { Reactors = Reactors, Wait = Wait },
        Calls(),
        Ring(),
        Settings);

    public override ITransport Transport => _transport;

    public override string Backend => "uring";

    protected virtual int Reactors => 2;

    protected virtual WaitPolicy Wait => WaitPolicy.Blocking;

    private protected virtual UringSettings Settings => new() { Multishot = UringMultishot.Tcp };

    private protected static UringSettings TinySettings { get; } = new()
    {
        Ring = new RingOptions { Entries = 8, CompletionEntries = 64, LeastEntries = 8 },
        Buffers = 4,
        BufferBytes = 256,
    };

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
        Assert.Equal(0, Sets.Sum(static set => set.Stale));
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual ISystemCalls Calls() => new SystemCalls();

    private protected virtual IUringCalls Ring() => new UringKernel();
}

/// <summary>The same with a reactor that looks before it sleeps, and only one.</summary>
public sealed class UringAdaptiveEngine : UringTcpEngine
{
    protected override int Reactors => 1;

    protected override WaitPolicy Wait => WaitPolicy.Adaptive;
}

/// <summary>The same with a reactor that never sleeps, and only one.</summary>
public sealed class UringBusyEngine : UringTcpEngine
{
    protected override int Reactors => 1;

    protected override WaitPolicy Wait => WaitPolicy.BusyPoll;
}

/// <summary>Rings and buffers that are always too small: everything that can be full is.</summary>
public sealed class TinyUringEngine : UringTcpEngine
{
    private protected override UringSettings Settings => TinySettings;
}

/// <summary>The set-up without deferred task work, and no receive buffers: connections wait for readiness.</summary>
public sealed class PlainUringEngine : UringTcpEngine
{
    private protected override UringSettings Settings => new()
    {
        Ring = new RingOptions
        {
            Only = RingRung.Plain,
            Disabled = RingFeatures.BufferRing | RingFeatures.AcceptMultishot | RingFeatures.PollFirst
                | RingFeatures.SendAll,
        },
    };
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

/// <summary>Unix domain sockets and one reactor that never sleeps.</summary>
public sealed class UringBusyUnixEngine : UringUnixEngine
{
    protected override int Reactors => 1;

    protected override WaitPolicy Wait => WaitPolicy.BusyPoll;
}

/// <summary>One of the lower rungs of the ladder.</summary>
public sealed class DeferredUringEngine : UringTcpEngine
{
    private protected override UringSettings Settings => new()
    {
        Ring = new RingOptions { Only = RingRung.Deferred },
        Multishot = UringMultishot.Tcp,
    };
}

/// <summary>The one that needs no deferred task work.</summary>
public sealed class SingleIssuerUringEngine : UringTcpEngine
{
    private protected override UringSettings Settings => new()
    {
        Ring = new RingOptions { Only = RingRung.CooperativeSingleIssuer },
        Multishot = UringMultishot.Tcp,
    };
}

/// <summary>The one that any thread may use, with a reactor that looks before it sleeps.</summary>
public sealed class CooperativeUringEngine : UringTcpEngine
{
    protected override WaitPolicy Wait => WaitPolicy.Adaptive;

    private protected override UringSettings Settings => new()
    {
        Ring = new RingOptions { Only = RingRung.Cooperative },
        Multishot = UringMultishot.Tcp,
    };
}

/// <summary>One request receives again and again, by one reactor; direct receives are watched.</summary>
public sealed class MultishotUringEngine : UringTcpEngine
{
    internal HookedCalls Hooked { get; } = new();

    internal UringSet Ring1 => Sets.Single();

    protected override int Reactors => 1;

    private protected override UringSettings Settings => new() { Multishot = UringMultishot.Tcp };

    private protected override ISystemCalls Calls() => Hooked;
}

/// <summary>Each receive is a request, as where the kernel or the options allow no other.</summary>
public sealed class SingleShotUringEngine : UringTcpEngine
{
    private protected override UringSettings Settings => new();
}

/// <summary>One request receives again and again, with too few buffers, on a reactor that never sleeps.</summary>
public sealed class TinyMultishotUringEngine : UringTcpEngine
{
    protected override int Reactors => 1;

    protected override WaitPolicy Wait => WaitPolicy.BusyPoll;

    private protected override UringSettings Settings => TinySettings with { Multishot = UringMultishot.Tcp };
}

/// <summary>The same over Unix domain sockets, for which nobody can ask.</summary>
public sealed class MultishotUringUnixEngine : UringUnixEngine
{
    private protected override UringSettings Settings => new() { Multishot = UringMultishot.Always };
}
