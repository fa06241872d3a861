using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>The system calls of a call that is alone under way, by the counters of the engine, for each side.</summary>
/// <remarks>Runs alone: what else takes the processors makes more waits end at the time of a timer.</remarks>
[Collection(nameof(Alone))]
public sealed class SystemCallGateTests : IDisposable
{
    private const int WarmUp = 200;
    private const int Calls = 2_000;
    private const int Windows = 3;

    // Of what comes by the clock and not with a call: a ping and its answer, a wait that ends at a timer's time or
    // because the collector interrupts it, and the wait of the other side that is counted before or after its call.
    // One call in 200 that took one more system call would be found.
    private const int Tolerance = Calls / 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("ncs").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(WaitPolicy.Blocking, "tcp")]
    [InlineData(WaitPolicy.Blocking, "unix")]
    [InlineData(WaitPolicy.Adaptive, "tcp")]
    [InlineData(WaitPolicy.BusyPoll, "unix")]
    public async Task A_call_on_the_inline_lane_is_a_send_a_receive_and_a_wait_of_each_side_and_no_wake_up(
        WaitPolicy wait, string scheme)
    {
        using var world = new World(new WorldOptions());
        var options = new EpollTransportOptions { Reactors = 1, Wait = wait };
        using var serverSide = new EpollTransport(world, options);
        using var clientSide = new EpollTransport(world, options);
        await using var server = await RpcServer.ListenAsync(
            Address(scheme),
            new WorkDispatcher(new Work()),
            new RpcServerOptions { World = world, Transport = serverSide, Lane = RpcLane.Inline });
        await using var client = await RpcClient.ConnectAsync(server.Address, new RpcClientOptions
        {
            World = world, Transport = clientSide, Continuations = RpcContinuations.Reactor,
        });
        var calls = new WorkClient(client);
        var gate = new Gate(wait, scheme, [() => serverSide.Counters, () => clientSide.Counters]);

        // Begun there, no call wakes the reactor.
        await OnExecutor.RunAsync(client.Session.Connection.Executor, async () =>
        {
            while (gate.Next() is var count && count > 0)
            {
                for (var i = 0; i < count; i++)
                {
                    Assert.Equal(i, await calls.RunAsync(i));
                }
            }
        });
        gate.AssertFew();
    }

    [Theory]
    [InlineData(WaitPolicy.Blocking, "tcp")]
    [InlineData(WaitPolicy.Blocking, "unix")]
    [InlineData(WaitPolicy.Adaptive, "unix")]
    [InlineData(WaitPolicy.BusyPoll, "tcp")]
    public void A_call_between_two_reactors_of_the_application_is_a_send_a_receive_and_a_wait_of_each_side(
        WaitPolicy wait, string scheme)
    {
        var options = new AppReactorOptions { Wait = wait };
        using var serving = new Serving(options, Address(scheme));
        using var reactor = new AppReactor(options);
        var client = reactor.Run(
            RpcClient.ConnectAsync(serving.Address, new RpcClientOptions { World = reactor.World }));
        var gate = new Gate(wait, scheme, [() => serving.Counters, () => reactor.Counters]);
        Run(gate, reactor, new WorkClient(client));
        reactor.Run(client.DisposeAsync());
        gate.AssertFew();
    }

    [Theory]
    [InlineData(WaitPolicy.Blocking, "tcp")]
    [InlineData(WaitPolicy.BusyPoll, "unix")]
    public void A_call_within_one_reactor_of_the_application_costs_what_both_sides_cost(
        WaitPolicy wait, string scheme)
    {
        using var reactor = new AppReactor(new AppReactorOptions { Wait = wait });
        var server = reactor.Run(RpcServer.ListenAsync(
            Address(scheme), new WorkDispatcher(new Work()), new RpcServerOptions { World = reactor.World }));
        var client = reactor.Run(
            RpcClient.ConnectAsync(server.Address, new RpcClientOptions { World = reactor.World }));
        var gate = new Gate(wait, scheme, [() => reactor.Counters]) { SidesOfOne = 2 };
        Run(gate, reactor, new WorkClient(client));
        reactor.Run(client.DisposeAsync());
        reactor.Run(server.DisposeAsync());
        gate.AssertFew();
    }

    private static void Run(Gate gate, AppReactor reactor, WorkClient calls)
    {
        while (gate.Next() is var count && count > 0)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(i, reactor.Run(calls.RunAsync(i)));
            }
        }
    }

    private TransportAddress Address(string scheme) =>
        scheme == "unix" ? TransportAddress.Unix($"{_folder}/s.sock") : "tcp://127.0.0.1:0";

    /// <summary>Reads the counters at the borders of the windows; the best of them decides.</summary>
    private sealed class Gate(WaitPolicy wait, string scheme, Func<TransportCounters>[] sides)
    {
        private TransportCounters[]? _before;
        private string? _wrong;
        private int _windows;
        private bool _warm;

        public int SidesOfOne { get; init; } = 1;

        /// <summary>How many calls are to be made next; 0 when it is over.</summary>
        public int Next()
        {
            if (!_warm)
            {
                _warm = true;
                return WarmUp;
            }

            var now = Array.ConvertAll(sides, static side => side());
            if (_before is not null)
            {
                _wrong = now.Zip(_before, (after, before) => Wrong(after - before)).FirstOrDefault(w => w is not null);
                _windows++;
            }

            _before = now;
            return _windows == Windows || (_windows > 0 && _wrong is null) ? 0 : Calls;
        }

        public void AssertFew() => Assert.True(_wrong is null, _wrong);

        private string? Wrong(TransportCounters made)
        {
            var most = (Calls * SidesOfOne) + Tolerance;

            // A Unix domain socket is read to the end, which is one more receive. While it spins, it asks in vain.
            var empty = wait != WaitPolicy.Blocking ? long.MaxValue : scheme == "unix" ? most : Tolerance;
            var waits = wait == WaitPolicy.BusyPoll ? 0 : most;
            return made.Sends <= most && made.Receives <= most && made.EmptyReceives <= empty
                && made.Waits <= waits && made.Wakes == 0
                ? null : $"{Calls} calls, {SidesOfOne} sides: {made}";
        }
    }

    /// <summary>A server that a thread of its own polls.</summary>
    private sealed class Serving : IDisposable
    {
        private readonly TaskCompletionSource<TransportAddress> _address = new();
        private readonly AppReactor _reactor;
        private readonly Thread _thread;
        private volatile bool _stop;

        public Serving(AppReactorOptions options, TransportAddress address)
        {
            _reactor = new AppReactor(options);
            _thread = new Thread(() => Serve(address));
            _thread.Start();
        }

        public TransportAddress Address => _address.Task.GetAwaiter().GetResult();

        public TransportCounters Counters => _reactor.Counters;

        public void Dispose()
        {
            _stop = true;
            Assert.True(_thread.Join(TimeSpan.FromSeconds(90)));
            _reactor.Dispose();
        }

        private void Serve(TransportAddress address)
        {
            var server = _reactor.Run(RpcServer.ListenAsync(
                address, new WorkDispatcher(new Work()), new RpcServerOptions { World = _reactor.World }));
            _address.SetResult(server.Address);
            while (!_stop)
            {
                // Who stops it is seen after this; no call takes as long.
                _reactor.Poll(TimeSpan.FromMilliseconds(200));
            }

            _reactor.Run(server.DisposeAsync());
        }
    }
}
