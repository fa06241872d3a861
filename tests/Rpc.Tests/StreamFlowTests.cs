using NetCore.Session;

namespace NetCore.Rpc.Tests;

public class StreamFlowTests
{
    private const int Length = 1000;

    private static readonly SessionOptions SmallWindow = new()
    {
        StreamWindowBytes = SessionLimits.MinWindowBytes,
        ConnectionWindowBytes = 2 * SessionLimits.MinWindowBytes,
    };

    [Fact]
    public void A_consumer_that_stands_still_stops_its_producer_and_nobody_else()
    {
        using var rig = new SteppedRig(session: SmallWindow);
        var stalled = Enumerable.Range(0, 10)
            .Select(_ => rig.FlowCalls.BytesAsync(int.MaxValue, Length).GetAsyncEnumerator()).ToList();
        Assert.All(stalled, items => Assert.True(rig.Get(items.MoveNextAsync())));
        rig.Test.Settle();
        var produced = rig.Flows.Items;

        // What fits the windows, waits at the sender and is being read, and not much more.
        var most = SmallWindow.StreamWindowBytes + RpcLimits.ItemBytesAhead + (2 * RpcLimits.FullBatchBytes);
        Assert.InRange(produced, stalled.Count * 30, stalled.Count * (most / Length));
        Assert.Equal(7, rig.Get(rig.Calls.RunAsync(7)));
        Assert.Equal(500, rig.Get(Items.CopyAsync(rig.FlowCalls.BytesAsync(500, Length))).Count);
        rig.Advance(120_000);
        Assert.Equal(produced + 500, rig.Flows.Items);
        Assert.False(rig.Client.Closed.IsCompleted);

        for (var i = 1; i < 300; i++)
        {
            Assert.True(rig.Get(stalled[0].MoveNextAsync()));
            Assert.True(stalled[0].Current.Span.SequenceEqual(Flows.Item(i, Length)));
        }

        Assert.True(rig.Flows.Items > produced + 500);
        Assert.All(stalled, items => rig.Finish(items.DisposeAsync()));
        rig.Test.Settle();
        Assert.Equal(0, rig.Flows.Open);
    }

    [Fact]
    public void A_handler_that_stands_still_stops_its_caller_and_nobody_else()
    {
        using var rig = new SteppedRig(session: SmallWindow);
        var gate = new TaskCompletionSource();
        rig.Flows.OnItem = (_, _) => new(gate.Task);
        var sent = 0;
        var call = rig.FlowCalls.SumAsync(Items.Numbers(50_000, _ =>
        {
            sent++;
            return default;
        })).AsTask();
        rig.Test.Settle();
        var most = SmallWindow.StreamWindowBytes + RpcLimits.ItemBytesAhead + (2 * RpcLimits.FullBatchBytes);
        Assert.InRange(sent, 1000, most / 8);
        Assert.Equal(7, rig.Get(rig.Calls.RunAsync(7)));
        rig.Flows.OnItem = static (_, _) => default;
        gate.SetResult();
        Assert.Equal(50_000L * 49_999 / 2, rig.Get(call));
    }

    [Fact]
    public void All_credit_is_accounted_for_after_each_step()
    {
        using var rig = new SteppedRig(session: SmallWindow);
        var echo = Items.CopyAsync(rig.FlowCalls.EchoAsync(Items.Bytes(300, 3001))).AsTask();
        var large = Items.CopyAsync(rig.FlowCalls.BytesAsync(3, 150_000)).AsTask();
        while (rig.Test.Executor.RunOne())
        {
            rig.Client.Session.AssertCredit();
        }

        Assert.Equal(300, rig.Get(echo).Count);
        Assert.Equal(3, rig.Get(large).Count);
    }

    [Fact]
    public void An_item_that_the_other_side_does_not_take_fails_its_call_only()
    {
        var small = SmallWindow with { MaxMessageBytes = 20_000 };
        using var rig = new SteppedRig(session: small);
        var call = Items.CopyAsync(rig.FlowCalls.BytesAsync(2, 20_000)).AsTask();
        rig.AssertFails(call, RpcErrorCode.MessageTooLarge, RpcExecution.Executed);
        var sum = rig.FlowCalls.JoinAsync("", Items.Bytes(1, 20_000), "").AsTask();
        Assert.Equal(RpcErrorCode.MessageTooLarge, rig.Error(sum).Code);
        Assert.Equal([0, 1], rig.Get(Items.ListAsync(rig.FlowCalls.CountAsync(0, 2))));
    }
}
