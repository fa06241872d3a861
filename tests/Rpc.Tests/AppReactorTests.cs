using NetCore.Core;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>Calls on a reactor that the test's own thread polls.</summary>
public sealed class AppReactorTests
{
    [Theory]
    [InlineData(WaitPolicy.Blocking)]
    [InlineData(WaitPolicy.Adaptive)]
    [InlineData(WaitPolicy.BusyPoll)]
    public void A_client_and_a_server_on_one_thread_answer_each_other(WaitPolicy wait)
    {
        using var rig = new Rig(wait);
        var here = Environment.CurrentManagedThreadId;
        var elsewhere = 0;
        rig.Service.OnRun = (value, _) =>
        {
            elsewhere += Environment.CurrentManagedThreadId == here ? 0 : 1;
            return new(value * 2);
        };
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(i * 2, rig.Reactor.Run(rig.Calls.RunAsync(i)));
        }

        Assert.Equal("a text", rig.Reactor.Run(rig.Calls.TextAsync("a text")));
        rig.Reactor.Run(rig.Calls.NothingAsync());
        Assert.Equal(0, elsewhere);
        Assert.Equal(0, rig.Reactor.Counters.Wakes);
    }

    [Fact]
    public void Many_calls_at_once_each_get_their_own_answer()
    {
        using var rig = new Rig(WaitPolicy.Blocking);
        var calls = Enumerable.Range(0, 64).Select(i => rig.Calls.RunAsync(i).AsTask()).ToList();
        Assert.Equal(Enumerable.Range(0, 64), rig.Reactor.Run(new ValueTask<int[]>(Task.WhenAll(calls))));
    }

    [Fact]
    public void Code_after_an_await_goes_on_on_the_polling_thread()
    {
        using var rig = new Rig(WaitPolicy.Blocking);
        var here = Environment.CurrentManagedThreadId;
        rig.Reactor.Run(CallAsync());

        async ValueTask CallAsync()
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.Equal(i, await rig.Calls.RunAsync(i));
                Assert.Equal(here, Environment.CurrentManagedThreadId);
            }
        }
    }

    [Fact]
    public void A_call_without_an_answer_ends_at_its_deadline()
    {
        using var rig = new Rig(WaitPolicy.Blocking);
        var never = new TaskCompletionSource<int>();
        rig.Service.OnRun = (_, _) => new(never.Task);
        var late = new WorkClient(rig.Client, new CallOptions { Timeout = TimeSpan.FromMilliseconds(20) });
        var error = Assert.Throws<RpcException>(() => rig.Reactor.Run(late.RunAsync(1)));
        Assert.Equal(RpcErrorCode.DeadlineExceeded, error.Code);
        never.SetResult(1);
    }

    [Fact]
    public void Nobody_polls_for_longer_than_a_deadline_and_the_next_poll_tells_it()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var rig = new Rig(WaitPolicy.Blocking, world: new WorldOptions { Time = time, TrackBlocks = true });
        var never = new TaskCompletionSource<int>();
        rig.Service.OnRun = (_, _) => new(never.Task);
        var late = new WorkClient(rig.Client, new CallOptions { Timeout = TimeSpan.FromMilliseconds(500) });
        var call = late.RunAsync(1);
        time.Advance(TimeSpan.FromMilliseconds(801));

        // The call's deadline is 300 ms ago; the session may have a timer of its own that is due for longer.
        Assert.True(rig.Reactor.PollOverdue >= TimeSpan.FromMilliseconds(300));
        Assert.Equal(
            RpcErrorCode.DeadlineExceeded, Assert.Throws<RpcException>(() => rig.Reactor.Run(call)).Code);
        Assert.Equal(TimeSpan.Zero, rig.Reactor.PollOverdue);
        never.SetResult(1);
    }

    [Fact]
    public void A_quiet_connection_is_kept_alive_while_it_is_polled()
    {
        var session = new SessionOptions
        {
            PingAfter = TimeSpan.FromMilliseconds(100), PingTimeout = TimeSpan.FromSeconds(30),
        };
        using var rig = new Rig(WaitPolicy.Blocking, session);
        var statistics = rig.Client.Session.Connection.Statistics;

        // The answers of three pings: nothing else is sent.
        while (rig.Client.Session.Connection.Statistics.Receives < statistics.Receives + 3)
        {
            rig.Reactor.Poll(Timeout.InfiniteTimeSpan);
        }

        Assert.False(rig.Client.Closed.IsCompleted);
        Assert.Equal(3, rig.Reactor.Run(rig.Calls.RunAsync(3)));
    }

    [Fact]
    public void A_silent_server_is_found_out_while_it_is_polled()
    {
        var session = new SessionOptions
        {
            PingAfter = TimeSpan.FromMilliseconds(100), PingTimeout = TimeSpan.FromMilliseconds(100),
        };
        using var server = new AppReactor();
        using var rig = new Rig(WaitPolicy.Blocking, session, server);

        // Nobody polls the server any more.
        var error = Assert.Throws<RpcException>(() => rig.Reactor.Run(rig.Calls.RunAsync(1)));
        Assert.Equal(RpcErrorCode.Unavailable, error.Code);
    }

    [Theory]
    [InlineData(WaitPolicy.Blocking)]
    [InlineData(WaitPolicy.BusyPoll)]
    public void Two_reactors_on_two_threads_answer_each_other_with_the_fewest_system_calls(WaitPolicy wait)
    {
        var started = new TaskCompletionSource<TransportAddress>();
        var stop = false;
        var thread = new Thread(() =>
        {
            using var reactor = new AppReactor(new AppReactorOptions { Wait = wait });
            var server = reactor.Run(RpcServer.ListenAsync(
                "tcp://127.0.0.1:0", new WorkDispatcher(new Work()), new RpcServerOptions { World = reactor.World }));
            started.SetResult(server.Address);
            while (!Volatile.Read(ref stop))
            {
                reactor.Poll(TimeSpan.FromMilliseconds(10));
            }

            reactor.Run(server.DisposeAsync());
        });
        thread.Start();
        using (var reactor = new AppReactor(new AppReactorOptions { Wait = wait }))
        {
            var options = new RpcClientOptions { World = reactor.World };
            var address = reactor.Run(new ValueTask<TransportAddress>(started.Task));
            var client = reactor.Run(RpcClient.ConnectAsync(address, options));
            var calls = new WorkClient(client);
            var before = reactor.Counters;
            for (var i = 0; i < 300; i++)
            {
                Assert.Equal(i, reactor.Run(calls.RunAsync(i)));
            }

            // A call is one send and one receive; who sleeps waits once for each, and now and then for a timer.
            var made = reactor.Counters - before;
            Assert.Equal((300, 300, 0), (made.Sends, made.Receives, made.Wakes));
            if (wait == WaitPolicy.Blocking)
            {
                Assert.InRange(made.Waits, 1, 330);
                Assert.Equal((0, 0), (made.Looks, made.EmptyReceives));
            }

            reactor.Run(client.DisposeAsync());
        }

        Volatile.Write(ref stop, true);
        Assert.True(thread.Join(TimeSpan.FromSeconds(90)));
    }

    // A server and a client; the server on a reactor of its own when one is given, which is polled only to connect.
    private sealed class Rig : IDisposable
    {
        private readonly RpcServer _server;
        private readonly AppReactor? _serverReactor;

        public Rig(
            WaitPolicy wait, SessionOptions? session = null, AppReactor? server = null, WorldOptions? world = null)
        {
            Reactor = new AppReactor(
                new AppReactorOptions { Wait = wait }, world ?? new WorldOptions { TrackBlocks = true });
            _serverReactor = server;
            var serverReactor = server ?? Reactor;
            _server = serverReactor.Run(RpcServer.ListenAsync(
                "tcp://127.0.0.1:0",
                new WorkDispatcher(Service),
                new RpcServerOptions { World = serverReactor.World, StopTimeout = TimeSpan.FromSeconds(1) }));
            var connect = RpcClient.ConnectAsync(_server.Address, new RpcClientOptions
            {
                World = Reactor.World,
                Session = session ?? SessionOptions.Default,
            });
            while (server is not null && !connect.IsCompleted)
            {
                server.Poll(TimeSpan.Zero);
                Reactor.Poll(TimeSpan.Zero);
            }

            Client = Reactor.Run(connect);
            Calls = new WorkClient(Client);
        }

        public AppReactor Reactor { get; }

        public Work Service { get; } = new();

        public RpcClient Client { get; }

        public WorkClient Calls { get; }

        public void Dispose()
        {
            Reactor.Run(Client.DisposeAsync());
            (_serverReactor ?? Reactor).Run(_server.DisposeAsync());
            while (Reactor.Poll(TimeSpan.Zero))
            {
                // Handlers that have outlived their connection end.
            }

            Reactor.World.Blocks.AssertAllReturned();
            Reactor.Dispose();
        }
    }
}
