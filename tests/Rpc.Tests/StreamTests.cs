using NetCore.Session;

namespace NetCore.Rpc.Tests;

public class StreamTests
{
    private static readonly SessionOptions SmallWindow = new()
    {
        StreamWindowBytes = SessionLimits.MinWindowBytes,
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    public void Items_arrive_in_order_and_then_the_end(int count)
    {
        using var rig = new SteppedRig(session: SmallWindow);
        Assert.Equal(Enumerable.Range(5, count), rig.Get(Items.ListAsync(rig.FlowCalls.CountAsync(5, count))));
        var sum = rig.Get(rig.FlowCalls.SumAsync(Items.Numbers(count)));
        Assert.Equal((long)count * (count - 1) / 2, sum);
        var scaled = rig.Get(Items.ListAsync(rig.FlowCalls.ScaleAsync(3, Items.Numbers(count))));
        Assert.Equal(Enumerable.Range(0, count).Select(i => i * 3), scaled);
        Assert.Equal(0, rig.Flows.Open);
        Assert.Equal(0, rig.Client.Session.OpenStreams);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(500, 1000)]
    [InlineData(40, 5000)]
    [InlineData(20, 16_380)]
    [InlineData(20, 16_381)]
    [InlineData(3, 200_000)]
    public void Items_of_any_length_arrive_as_they_were_sent(int count, int length)
    {
        using var rig = new SteppedRig(session: SmallWindow);
        var expected = Enumerable.Range(0, count).Select(i => Flows.Item(i, length)).ToList();
        Items.AssertSame(expected, rig.Get(Items.CopyAsync(rig.FlowCalls.BytesAsync(count, length))));
        Items.AssertSame(expected, rig.Get(Items.CopyAsync(rig.FlowCalls.EchoAsync(Items.Bytes(count, length)))));
        var joined = rig.Get(rig.FlowCalls.JoinAsync("<", Items.Bytes(count, length), ">"));
        Items.AssertSame([[(byte)'<', .. expected.SelectMany(item => item), (byte)'>']], [joined]);
    }

    [Fact]
    public void Items_of_mixed_lengths_keep_their_order()
    {
        using var rig = new SteppedRig(session: SmallWindow);
        var random = new Random(1);
        var expected = Enumerable.Range(0, 400)
            .Select(i => (i, random.Next(4)) switch
            {
                (_, 0) => Flows.Item(i, random.Next(9)),
                (_, 3) => Flows.Item(i, 30_000),
                _ => Flows.Item(i, random.Next(3000)),
            })
            .ToList();
        var items = expected.Select(item => (ReadOnlyMemory<byte>)item).ToAsyncEnumerable();
        Items.AssertSame(expected, rig.Get(Items.CopyAsync(rig.FlowCalls.EchoAsync(items))));
    }

    [Fact]
    public void Items_may_be_json()
    {
        using var rig = new SteppedRig();
        var people = rig.Get(Items.ListAsync(rig.FlowCalls.PeopleAsync(3)));
        Assert.Equal(["é0", "é1", "é2"], people.Select(person => person.Name));
    }

    [Fact]
    public void What_a_handler_throws_after_items_arrives_after_the_items()
    {
        using var rig = new SteppedRig();
        rig.Flows.OnItem = (item, _) => item == 6 ? throw new InvalidOperationException("six") : default;
        var got = new List<int>();
        rig.AssertFails(
            Items.ListAsync(rig.FlowCalls.CountAsync(1, 100), got).AsTask(),
            RpcErrorCode.HandlerFailed,
            RpcExecution.Executed);
        Assert.Equal([1, 2, 3, 4, 5], got);
    }

    [Fact]
    public void What_the_callers_items_throw_is_told_to_the_handler_after_the_items_and_thrown_at_the_caller()
    {
        using var rig = new SteppedRig();
        var cause = new InvalidOperationException("mine");
        var items = Items.Numbers(10, i => i == 3 ? throw cause : default);
        var call = rig.FlowCalls.SumAsync(items).AsTask();
        rig.Test.Settle();
        Assert.Same(cause, call.Exception?.InnerException);
        Assert.Equal(3, rig.Flows.Items);
        var scaled = Items.ListAsync(rig.FlowCalls.ScaleAsync(1, items)).AsTask();
        rig.Test.Settle();
        Assert.Same(cause, scaled.Exception?.InnerException);
        Assert.Equal(0, rig.Flows.Open);
    }

    [Fact]
    public void A_caller_that_has_sent_all_still_gets_items()
    {
        using var rig = new SteppedRig();
        var gate = new TaskCompletionSource();
        rig.Flows.OnItem = (_, _) => new(gate.Task);
        var scaled = Items.ListAsync(rig.FlowCalls.ScaleAsync(2, Items.Numbers(4))).AsTask();
        rig.Test.Settle();
        gate.SetResult();
        Assert.Equal([0, 2, 4, 6], rig.Get(scaled));
    }

    [Fact]
    public void A_caller_that_leaves_the_enumeration_ends_the_handler()
    {
        using var rig = new SteppedRig();
        rig.Finish(new ValueTask(LeaveAsync(rig.FlowCalls.CountAsync(0, int.MaxValue))));
        rig.Test.Settle();
        Assert.Equal(0, rig.Flows.Open);
        Assert.Equal(0, rig.Client.Session.OpenStreams);
        rig.Finish(new ValueTask(LeaveAsync(rig.FlowCalls.ScaleAsync(1, Items.Numbers(int.MaxValue)))));
        rig.Test.Settle();
        Assert.Equal(0, rig.Flows.Open);
    }

    [Fact]
    public void A_handler_may_answer_before_it_has_taken_all_items()
    {
        using var rig = new SteppedRig(session: SmallWindow);
        var sent = 0;
        rig.Flows.OnItem = (item, _) => item == 3
            ? throw new RpcException(RpcErrorCode.Rejected, "enough") : default;
        var call = rig.FlowCalls.SumAsync(Items.Numbers(int.MaxValue, _ =>
        {
            sent++;
            return default;
        })).AsTask();
        rig.AssertFails(call, RpcErrorCode.Rejected, RpcExecution.Executed);
        rig.Test.Settle();
        Assert.InRange(sent, 3, 100_000);
        Assert.Equal(0, rig.Client.Session.OpenStreams);
    }

    [Fact]
    public void The_deadline_ends_a_call_with_items_on_both_sides()
    {
        using var rig = new SteppedRig();
        var never = new TaskCompletionSource();
        rig.Flows.OnItem = (item, token) => item < 3 ? default : new(never.Task.WaitAsync(token));
        var flows = new FlowsClient(rig.Client, new CallOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        var got = new List<int>();
        var call = Items.ListAsync(flows.CountAsync(0, 10), got).AsTask();
        rig.Advance(49);
        Assert.False(call.IsCompleted);
        rig.Advance(2);
        rig.AssertFails(call, RpcErrorCode.DeadlineExceeded, RpcExecution.MaybeExecuted);
        Assert.Equal([0, 1], got);
        Assert.Equal(0, rig.Flows.Open);
    }

    [Fact]
    public void While_items_are_there_the_enumeration_does_not_wait()
    {
        using var rig = new SteppedRig();
        var items = rig.FlowCalls.CountAsync(0, 1000).GetAsyncEnumerator();
        Assert.True(rig.Get(items.MoveNextAsync()));
        rig.Test.Settle();
        for (var i = 1; i < 1000; i++)
        {
            var next = items.MoveNextAsync();
            Assert.True(next.IsCompletedSuccessfully && next.Result);
            Assert.Equal(i, items.Current);
        }

        Assert.False(rig.Get(items.MoveNextAsync()));
        rig.Finish(items.DisposeAsync());
    }

    [Fact]
    public void Items_of_a_burst_share_frames()
    {
        using var rig = new SteppedRig();
        var before = rig.Client.Session.Connection.Statistics.BytesReceived;
        Assert.Equal(2000, rig.Get(Items.ListAsync(rig.FlowCalls.CountAsync(0, 2000))).Count);
        var bytes = rig.Client.Session.Connection.Statistics.BytesReceived - before;
        Assert.InRange(bytes, 2000 * 8, (2000 * 8) + 200);
    }

    [Fact]
    public void A_method_of_another_kind_at_the_server_is_not_run()
    {
        using var rig = new SteppedRig();
        var codec = FlowsMethods.Sum.SentCodec;
        var unary = new RpcMethod<int, int>("test.flows", "Sum", codec, codec);
        rig.AssertFails(
            rig.Client.InvokeAsync(unary, 1).AsTask(), RpcErrorCode.BadMessage, RpcExecution.NotSent);
        var stream = new RpcStreamMethod<int, int, int, int>(
            "test.work", "Run", RpcMethodKind.Duplex, codec, codec, codec, codec);
        var call = rig.Client.OpenStream(stream, codec, 1);
        rig.AssertFails(call.ReadAsync().AsTask(), RpcErrorCode.BadMessage, RpcExecution.NotSent);
        rig.Finish(call.DisposeAsync());
        Assert.Equal(0, rig.Flows.Items + rig.Service.Started);
    }

    [Fact]
    public void Calls_with_items_that_wait_leave_the_slots_to_others()
    {
        using var rig = new SteppedRig(options => options with { ConcurrencyPerConnection = 2 });
        var gate = new TaskCompletionSource();
        rig.Flows.OnItem = (_, _) => new(gate.Task);
        var calls = Enumerable.Range(0, 20)
            .Select(_ => Items.ListAsync(rig.FlowCalls.CountAsync(0, 1)).AsTask()).ToList();
        rig.Test.Settle();
        Assert.Equal(20, rig.Flows.Open);
        Assert.Equal(7, rig.Get(rig.Calls.RunAsync(7)));
        gate.SetResult();
        Assert.All(calls, call => Assert.Equal([0], rig.Get(call)));
    }

    private static async Task LeaveAsync(IAsyncEnumerable<int> items)
    {
        await foreach (var item in items)
        {
            if (item == 3)
            {
                break;
            }
        }
    }
}
