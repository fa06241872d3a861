using System.Runtime.ExceptionServices;
using NetCore.Core;
using NetCore.Testing.Shared;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>A reactor of the application, on a thread of the test that polls it.</summary>
public class AppReactorEngine : Engine
{
    private readonly AppReactor _reactor;
    private readonly Thread _thread;
    private Exception? _failure;
    private volatile bool _stop;

    public AppReactorEngine()
    {
        _reactor = new AppReactor(
            new AppReactorOptions { Wait = Wait, Engine = Kind }, new WorldOptions { TrackBlocks = true });
        _thread = new Thread(PollAll) { IsBackground = true, Name = ProcessBaseline.PollingThread };
        _thread.Start();
    }

    public override World World => _reactor.World;

    public override ITransport Transport => _reactor.Transport;

    public override string Backend => Kind == TransportEngine.Uring ? "uring" : "epoll";

    public override bool WorkMayBlock => false;

    public override bool IdleHoldsNoBlock => Kind == TransportEngine.Uring || Wait != WaitPolicy.BusyPoll;

    protected virtual TransportEngine Kind => TransportEngine.Auto;

    protected virtual WaitPolicy Wait => WaitPolicy.Blocking;

    // A wait that looks only: the thread that polls has something else to do between two polls.
    protected virtual TimeSpan Timeout => System.Threading.Timeout.InfiniteTimeSpan;

    public override TransportAddress NewAddress() => "tcp://127.0.0.1:0";

    // Port 1 of the loopback: reserved for a service that no machine runs.
    public override TransportAddress DeadAddress() => "tcp://127.0.0.1:1";

    /// <summary>A connection belongs to this reactor.</summary>
    public override bool Serves(Connection connection) =>
        base.Serves(connection) && connection.Executor == World.Executor;

    public override string? Leftovers() =>
        base.Leftovers() ?? ReactorLeftovers.Of([Reactor], Kind == TransportEngine.Uring);

    public override async ValueTask DisposeAsync()
    {
        _stop = true;
        World.Executor.Post(new Nothing());

        // The test may have come here on that thread, after an await: it must get back to its loop.
        await Task.Run(_thread.Join);
        var reactor = Reactor;
        _reactor.Dispose();
        Assert.Equal(0, Kind == TransportEngine.Uring ? reactor.Events<UringSet>().Counts.Stale : 0);
        base.World.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    private Reactor Reactor => (Reactor)_reactor.World.Executor;

    private void PollAll()
    {
        while (!_stop)
        {
            try
            {
                _reactor.Poll(Timeout);
            }
#pragma warning disable CA1031 // Told when the test ends; what else was found must still run.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _failure ??= failure;
            }
        }
    }

    private sealed class Nothing : IThreadPoolWorkItem
    {
        public void Execute()
        {
        }
    }
}

/// <summary>The same, never asleep: the connections are polled by receives.</summary>
public sealed class BusyAppReactorEngine : AppReactorEngine
{
    protected override WaitPolicy Wait => WaitPolicy.BusyPoll;
}

/// <summary>The same, polled by somebody who never waits.</summary>
public sealed class GlancingAppReactorEngine : AppReactorEngine
{
    protected override WaitPolicy Wait => WaitPolicy.BusyPoll;

    protected override TimeSpan Timeout => TimeSpan.Zero;
}

/// <summary>Over Unix domain sockets, with a little looking before each sleep.</summary>
public class AdaptiveAppReactorUnixEngine : AppReactorEngine
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nca").FullName;
    private int _next;

    // A Unix domain socket has no reset: the peer sees the end of the input.
    public override bool AbortIsReset => false;

    protected override WaitPolicy Wait => WaitPolicy.Adaptive;

    public override TransportAddress NewAddress() => TransportAddress.Unix($"{_folder}/{++_next}.sock");

    public override TransportAddress DeadAddress() => TransportAddress.Unix($"{_folder}/dead.sock");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>On a ring.</summary>
public sealed class UringAppReactorEngine : AppReactorEngine
{
    protected override TransportEngine Kind => TransportEngine.Uring;
}

/// <summary>On a ring, never asleep.</summary>
public sealed class BusyUringAppReactorEngine : AppReactorEngine
{
    protected override TransportEngine Kind => TransportEngine.Uring;

    protected override WaitPolicy Wait => WaitPolicy.BusyPoll;
}

/// <summary>On a ring, polled by somebody who never waits.</summary>
public sealed class GlancingUringAppReactorEngine : AppReactorEngine
{
    protected override TransportEngine Kind => TransportEngine.Uring;

    protected override TimeSpan Timeout => TimeSpan.Zero;
}

/// <summary>On a ring over Unix domain sockets, with a little looking before each sleep.</summary>
public sealed class AdaptiveUringAppReactorUnixEngine : AdaptiveAppReactorUnixEngine
{
    protected override TransportEngine Kind => TransportEngine.Uring;
}
