using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>User code that holds up the thread of a connection is named while it does.</summary>
public sealed class StallTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<string> _counted = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public StallTests()
    {
        // Other tests have worlds of their own; those of the stepped tests here count on this thread alone.
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "NetCore.Rpc")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (Environment.CurrentManagedThreadId == _thread)
            {
                _counted.Add($"{instrument.Name} {value} {instrument.Unit} "
                    + string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")));
            }
        });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void An_inline_method_that_stalls_is_named_once_for_each_stall_while_it_does()
    {
        using var rig = new SteppedRig();
        rig.Lanes.OnRun = (value, _) =>
        {
            rig.Advance(10);
            Assert.Equal(value, Stalls(rig, 307));
            rig.Advance(35);
            Assert.Equal(value + 1, Stalls(rig, 307));
            rig.Advance(200);
            Assert.Equal(value + 1, Stalls(rig, 307));
            return new(value);
        };
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(i, rig.Get(rig.LaneCalls.RunAsync(i)));
        }

        var line = rig.Log.Lines.First(line => line.Id == 307);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("test.lanes/Run", line.Text, StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Repeat("netcore.rpc.stalls 1 {stall} method=test.lanes/Run code=inline", 3), _counted);
    }

    [Fact]
    public void A_continuation_that_stalls_is_named_too()
    {
        using var rig = new SteppedRig(continuations: RpcContinuations.Reactor);
        var call = rig.LaneCalls.PoolAsync(1).GetAwaiter();
        call.UnsafeOnCompleted(() =>
        {
            call.GetResult();
            rig.Advance(50);
            Assert.Equal(1, Stalls(rig, 308));
        });
        rig.Test.Settle();
        Assert.True(rig.Log.Contains(LogLevel.Warning, "test.lanes/Pool"), rig.Log.ToString());
        Assert.DoesNotContain(rig.Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Equal(["netcore.rpc.stalls 1 {stall} method=test.lanes/Pool code=continuation"], _counted);
    }

    [Fact]
    public void Short_calls_are_never_a_stall_and_nobody_looks_while_there_are_none()
    {
        using var rig = new SteppedRig();
        rig.Get(rig.LaneCalls.PoolAsync(1));
        rig.Advance(100);
        var timers = rig.Test.World.Timers.Count;
        for (var i = 0; i < 100; i++)
        {
            rig.Get(rig.LaneCalls.RunAsync(i));
            Assert.Equal(timers + 1, rig.Test.World.Timers.Count);
            rig.Advance(i % 25);
        }

        rig.Advance(100);
        Assert.Equal(timers, rig.Test.World.Timers.Count);
        Assert.Equal(0, Stalls(rig, 307));
    }

    [Fact]
    public void A_method_that_went_async_holds_up_nobody()
    {
        using var rig = new SteppedRig();
        var gate = new TaskCompletionSource<int>();
        rig.Lanes.OnRun = (_, _) => new(gate.Task);
        var call = rig.LaneCalls.RunAsync(1).AsTask();
        rig.Advance(100);
        Assert.Equal(0, Stalls(rig, 307));
        Assert.Equal(["netcore.rpc.inline.async 1 {call} method=test.lanes/Run"], _counted);
        gate.SetResult(1);
        rig.Get(call);
    }

    [Fact]
    public void The_threshold_is_an_option_within_bounds()
    {
        using var rig = new SteppedRig(options => options with { StallThreshold = TimeSpan.FromMilliseconds(200) });
        rig.Lanes.OnRun = (value, _) =>
        {
            rig.Advance(190);
            Assert.Equal(0, Stalls(rig, 307));
            rig.Advance(215);
            Assert.Equal(1, Stalls(rig, 307));
            return new(value);
        };
        rig.Get(rig.LaneCalls.RunAsync(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RpcServerOptions { StallThreshold = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new RpcClientOptions { StallThreshold = Timeout.InfiniteTimeSpan });
    }

    [Fact]
    public async Task A_method_that_blocks_its_reactor_is_named_and_the_other_reactor_works_on()
    {
        await using var rig = await RealRig.StartAsync("epoll", reactors: 2);
        await using var sockets = new Sockets(rig);
        var (blocked, free) = await sockets.OnTwoReactorsAsync();
        using var release = new ManualResetEventSlim();
        rig.Lanes.OnRun = (value, _) =>
        {
            Assert.True(value == 0 || release.Wait(30_000, CancellationToken.None));
            return new(value);
        };
        var stuck = blocked.RunAsync(1).AsTask();
        await RealRig.Until(() => rig.Log.Contains(LogLevel.Warning, "test.lanes/Run"), "the stall is reported");
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(0, await free.RunAsync(0));
        }

        Assert.False(stuck.IsCompleted);
        release.Set();
        Assert.Equal(1, await stuck);
        Assert.Single(rig.Log.Lines, line => line.Id == 307);
    }

    private static int Stalls(SteppedRig rig, int id) => rig.Log.Lines.Count(line => line.Id == id);

    /// <summary>Clients on another engine, so that only the server's ends are on its reactors.</summary>
    private sealed class Sockets(RealRig rig) : IAsyncDisposable
    {
        private readonly List<RpcClient> _clients = [];

        /// <summary>Two clients whose connections belong to different reactors of the server.</summary>
        public async Task<(LanesClient First, LanesClient Second)> OnTwoReactorsAsync()
        {
            var found = new Dictionary<string, LanesClient>();
            rig.Lanes.OnRun = (_, _) => new(int.Parse(Thread.CurrentThread.Name![^1..]));
            while (found.Count < 2)
            {
                Assert.True(_clients.Count < 20);
                _clients.Add(await RpcClient.ConnectAsync(rig.Address, new RpcClientOptions
                {
                    World = rig.World,
                    Transport = new SocketTransport(rig.World),
                }));
                var calls = new LanesClient(_clients[^1]);
                found[$"{await calls.RunAsync(0)}"] = calls;
            }

            return (found["0"], found["1"]);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in _clients)
            {
                await client.DisposeAsync();
            }
        }
    }
}
