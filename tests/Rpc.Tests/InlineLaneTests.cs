using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using NetCore.Core;

namespace NetCore.Rpc.Tests;

/// <summary>Inline methods in a stepped world: what they are lent, what becomes of those that go async.</summary>
public class InlineLaneTests
{
    private readonly TaskCompletionSource<int> _gate = new();

    [Fact]
    public void The_replies_of_one_batch_leave_in_one_send()
    {
        using var rig = new SteppedRig();
        rig.Get(rig.LaneCalls.RunAsync(0));
        var before = rig.ServerConnection.Statistics.Sends;
        var calls = MakeTogether(rig, 30, i => rig.LaneCalls.RunAsync(i));
        Assert.Equal(Enumerable.Range(0, 30), calls.Select(rig.Get));
        Assert.Equal(1, rig.ServerConnection.Statistics.Sends - before);
    }

    [Fact]
    public void A_method_that_goes_async_is_reported_by_name_and_answered_when_it_is_over()
    {
        using var rig = new SteppedRig();
        rig.Lanes.OnRun = (_, _) => new(_gate.Task);
        var call = rig.LaneCalls.RunAsync(1).AsTask();
        rig.Test.Settle();
        var line = Assert.Single(rig.Log.Lines, line => line.Id == 306);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("test.lanes/Run", line.Text, StringComparison.Ordinal);
        Assert.False(call.IsCompleted);
        _gate.SetResult(7);
        Assert.Equal(7, rig.Get(call));
    }

    [Fact]
    public void What_has_gone_async_counts_and_further_calls_wait_their_turn()
    {
        using var rig = new SteppedRig(options => options with { ConcurrencyPerConnection = 2 });
        var gates = new Queue<TaskCompletionSource<int>>();
        rig.Lanes.OnRun = (_, _) =>
        {
            gates.Enqueue(new TaskCompletionSource<int>());
            return new(gates.Last().Task);
        };
        var calls = Enumerable.Range(0, 10)
            .Select(i => (i % 3 == 0 ? rig.LaneCalls.PoolAsync(i) : rig.LaneCalls.RunAsync(i)).AsTask()).ToList();
        rig.Test.Settle();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(Math.Min(2, 10 - i), gates.Count);
            gates.Dequeue().SetResult(i);
            rig.Test.Settle();
        }

        Assert.Equal(Enumerable.Range(0, 10), calls.Select(rig.Get).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5000)]
    [InlineData(40_000)]
    public void Memory_in_a_request_is_valid_until_a_method_that_went_async_is_over(int length)
    {
        using var rig = new SteppedRig();
        rig.Lanes.OnRun = (_, _) => new(_gate.Task);
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var call = rig.LaneCalls.LaterAsync(bytes).AsTask();
        rig.Test.Settle();

        // The receive buffer is used again meanwhile.
        Assert.Equal(new byte[length], rig.Get(rig.Calls.ArrayAsync(new byte[length])));
        _gate.SetResult(0);
        Assert.Equal(bytes.Sum(b => b), rig.Get(call));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5000)]
    [InlineData(40_000)]
    public void A_decorator_that_goes_async_before_the_request_is_read_finds_it_later(int length)
    {
        using var rig = new SteppedRig(decorate: next => new AroundDispatcher(next, async (call, inner) =>
        {
            await _gate.Task;
            await inner.DispatchAsync(call);
        }));
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var move = rig.LaneCalls.MoveAsync(new Place(1, 2)).AsTask();
        var same = rig.LaneCalls.SameAsync(bytes).AsTask();
        var parse = rig.LaneCalls.ParseAsync(new Person("Ada", ["x"]), bytes).AsTask();
        var join = rig.LaneCalls.JoinAsync(bytes, bytes).AsTask();
        var later = rig.LaneCalls.LaterAsync(bytes).AsTask();
        rig.Test.Settle();
        Assert.False(move.IsCompleted);
        _gate.SetResult(0);
        Assert.Equal(new Place(2, 4), rig.Get(move));
        Assert.Equal(bytes, rig.Get(same).ToArray());
        Assert.Equal(length + 1, rig.Get(parse));
        Assert.Equal(bytes.Concat(bytes), rig.Get(join));
        Assert.Equal(bytes.Sum(b => b), rig.Get(later));
    }

    [Fact]
    public void A_decorator_may_read_the_request_too()
    {
        var seen = new List<string>();
        using var rig = new SteppedRig(decorate: next => new AroundDispatcher(next, (call, inner) =>
        {
            var bytes = call.ReadBytes(LanesMethods.Describe.RequestCodec, out var head).ToArray();
            var whole = call.Read(LanesMethods.Describe.RequestCodec);
            seen.Add($"{head.Text} {head.Bytes.Length} {bytes[1]} {whole.Bytes.Span[1]}");
            return inner.DispatchAsync(call);
        }));
        Assert.Equal("x 3 2 3", rig.Get(rig.LaneCalls.DescribeAsync("x", 3, [1, 2])));
        Assert.Equal(["x 0 2 2"], seen);
    }

    [Fact]
    public void Without_memory_to_keep_the_request_the_call_has_not_run()
    {
        Action takeAll = static () => { };
        using var rig = new SteppedRig(
            decorate: next => new AroundDispatcher(next, async (call, inner) =>
            {
                takeAll();
                await _gate.Task;
                await inner.DispatchAsync(call);
            }),
            byteBudget: 512 * 1024);
        var hoard = new List<LeasedBytes>();
        takeAll = () => Hoard(rig, hoard);
        var call = rig.LaneCalls.MoveAsync(default).AsTask();
        rig.Test.Settle();
        Assert.NotEmpty(hoard);
        hoard.ForEach(lease => lease.Dispose());
        _gate.SetResult(0);
        rig.AssertFails(call, RpcErrorCode.Overloaded, RpcExecution.NotSent);
    }

    [Fact]
    public void A_cancellation_and_a_deadline_reach_a_method_that_went_async()
    {
        using var rig = new SteppedRig();
        using var caller = new CancellationTokenSource();
        var tokens = new List<CancellationToken>();
        rig.Lanes.OnRun = (_, cancellation) =>
        {
            tokens.Add(cancellation);
            return new(_gate.Task);
        };
        var cancelled = rig.LaneCalls.RunAsync(1, caller.Token).AsTask();
        var options = new CallOptions { Timeout = TimeSpan.FromMilliseconds(50) };
        var late = new LanesClient(rig.Client, options).RunAsync(2).AsTask();
        rig.Test.Settle();
        caller.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => rig.Get(cancelled));
        rig.Test.Settle();
        Assert.Equal([true, false], tokens.Select(token => token.IsCancellationRequested));
        rig.Advance(60);
        Assert.True(tokens[1].IsCancellationRequested);
        rig.AssertFails(late, RpcErrorCode.DeadlineExceeded, RpcExecution.MaybeExecuted);
        _gate.SetResult(1);
    }

    [Fact]
    public void A_server_that_stops_waits_for_methods_that_went_async_and_refuses_new_ones()
    {
        using var rig = new SteppedRig();
        rig.Lanes.OnRun = (_, _) => new(_gate.Task);
        var running = rig.LaneCalls.RunAsync(1).AsTask();
        rig.Test.Settle();
        var stop = rig.Server.StopAsync(TimeSpan.FromSeconds(5)).AsTask();
        var late = rig.LaneCalls.RunAsync(2).AsTask();
        rig.AssertFails(late, RpcErrorCode.Draining, RpcExecution.NotSent);
        Assert.False(stop.IsCompleted);
        _gate.SetResult(7);
        Assert.Equal(7, rig.Get(running));
        Assert.Equal(0, rig.Get(stop));
    }

    [Fact]
    public void What_a_method_leaves_in_its_flow_is_not_seen_by_the_next()
    {
        using var rig = new SteppedRig();
        var local = new AsyncLocal<int>();
        var seen = new List<int>();
        rig.Lanes.OnRun = (value, _) =>
        {
            seen.Add(local.Value);
            local.Value = 5;
            return new(value);
        };
        MakeTogether(rig, 3, i => rig.LaneCalls.RunAsync(i)).ForEach(call => rig.Get(call));
        Assert.Equal([0, 0, 0], seen);
    }

    [Fact]
    public void A_method_that_asks_for_the_result_of_a_pending_call_is_told_not_to()
    {
        using var rig = new SteppedRig();
        var messages = new List<string>();
        rig.Lanes.OnRun = (value, _) =>
        {
            var call = rig.LaneCalls.PoolAsync(value, CancellationToken.None);
            messages.Add(Assert.Throws<InvalidOperationException>(() => call.Result).Message);
            messages.Add(Assert.Throws<InvalidOperationException>(() => call.GetAwaiter().GetResult()).Message);
            rig.Lanes.OnRun = static (value, _) => new(value);
            return call;
        };
        Assert.Equal(3, rig.Get(rig.LaneCalls.RunAsync(3)));
        Assert.All(messages, message => Assert.Contains("Await it", message, StringComparison.Ordinal));
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Released by the test.")]
    private static void Hoard(SteppedRig rig, List<LeasedBytes> hoard)
    {
        foreach (var length in new[] { 2000, 10 })
        {
            try
            {
                while (true)
                {
                    hoard.Add(LeasedBytes.Copy(rig.Test.World.Blocks, new byte[length]));
                }
            }
            catch (ByteBudgetExceededException)
            {
                // Now there is none left of this size.
            }
        }
    }

    private static List<Task<int>> MakeTogether(SteppedRig rig, int count, Func<int, ValueTask<int>> call)
    {
        rig.Client.Session.Connection.HoldSends();
        var calls = Enumerable.Range(0, count).Select(i => call(i).AsTask()).ToList();
        rig.Client.Session.Connection.ReleaseSends();
        return calls;
    }
}
