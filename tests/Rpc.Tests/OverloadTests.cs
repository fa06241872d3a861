using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Tests;

public class OverloadTests
{
    [Theory]
    [InlineData(3, 1024)]
    [InlineData(1, 1024)]
    [InlineData(256, 2)]
    [InlineData(4, 4)]
    public void No_more_calls_run_at_once_than_the_limits_allow_and_all_are_answered(int concurrency, int streams)
    {
        using var rig = new SteppedRig(options => options with
        {
            ConcurrencyPerConnection = concurrency,
            Session = new SessionOptions { MaxStreams = streams },
        });
        var gates = new Queue<TaskCompletionSource<int>>();
        rig.Service.OnRun = (_, _) =>
        {
            gates.Enqueue(new TaskCompletionSource<int>());
            return new(gates.Last().Task);
        };
        var calls = Enumerable.Range(0, 20).Select(i => rig.Calls.RunAsync(i).AsTask()).ToList();
        rig.Test.Settle();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(Math.Min(Math.Min(concurrency, streams), 20 - i), gates.Count);
            gates.Dequeue().SetResult(i);
            rig.Test.Settle();
        }

        Assert.Equal(Enumerable.Range(0, 20), calls.Select(rig.Get));
    }

    [Fact]
    public void A_full_send_queue_refuses_further_calls_unsent()
    {
        using var rig = new SteppedRig(SteppedRig.MaxStreams(1), byteBudget: 256 * 1024 * 1024);
        var gate = new TaskCompletionSource<int>();
        rig.Service.OnRun = (_, _) => new(gate.Task);
        var calls = new List<Task> { rig.Calls.RunAsync(1).AsTask() };
        while (calls.TrueForAll(call => !call.IsFaulted))
        {
            calls.Add(rig.Calls.ArrayAsync(new byte[4_000_000]).AsTask());
            rig.Test.Settle();
            Assert.True(calls.Count < 30);
        }

        rig.AssertFails(calls[^1], RpcErrorCode.Overloaded, RpcExecution.NotSent);
        gate.SetResult(1);
        rig.Finish(rig.Client.DisposeAsync());
        Assert.All(calls, call => Assert.True(call.IsCompleted));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(600)]
    [InlineData(800)]
    [InlineData(1000)]
    public void Without_memory_calls_fail_one_by_one_and_everything_is_given_back(int kilobytes)
    {
        using var rig = new SteppedRig(byteBudget: kilobytes * 1024);
        var ends = new HashSet<RpcErrorCode>();
        for (var length = 1000; length < 700_000; length = length * 3 / 2)
        {
            var calls = Enumerable.Range(0, 4).Select(_ => rig.Calls.ArrayAsync(new byte[length]).AsTask()).ToList();
            rig.Advance(40_000);
            foreach (var call in calls)
            {
                Assert.True(call.IsCompleted);
                ends.Add(call.IsFaulted ? rig.Error(call).Code : RpcErrorCode.None);
            }
        }

        Assert.Contains(RpcErrorCode.None, ends);
        Assert.Contains(ends, code => code is RpcErrorCode.OutOfMemoryBudget or RpcErrorCode.Overloaded
            or RpcErrorCode.Unavailable);
    }

    [Fact]
    public void Leases_of_a_request_for_which_there_is_no_memory_are_given_back()
    {
        using var rig = new SteppedRig(byteBudget: 512 * 1024);
        var hoard = new List<LeasedBytes>();
        Hoard(rig, hoard, new byte[2000]);
        var request = hoard[^1];
        hoard.RemoveAt(hoard.Count - 1);
        Hoard(rig, hoard, new byte[10]);
        var call = rig.Calls.LeaseAsync(request).AsTask();
        rig.AssertFails(call, RpcErrorCode.OutOfMemoryBudget, RpcExecution.NotSent);
        hoard.ForEach(lease => lease.Dispose());
        Assert.Equal(1, rig.Get(rig.Calls.RunAsync(1)));
    }

    [Fact]
    public void A_call_whose_handler_ran_is_not_reported_unsent_when_there_is_no_memory_to_say_how_it_ended()
    {
        using var rig = new SteppedRig(byteBudget: 512 * 1024);
        var hoard = new List<LeasedBytes>();
        rig.Service.OnRun = (value, _) =>
        {
            if (value == 1)
            {
                Hoard(rig, hoard, new byte[2000]);
                Hoard(rig, hoard, new byte[10]);
            }
            else
            {
                hoard.ForEach(lease => lease.Dispose());
            }

            return new(value);
        };

        // The second handler runs before the output of the first one is sent, which needs memory too.
        var first = rig.Calls.RunAsync(1).AsTask();
        var second = rig.Calls.RunAsync(2).AsTask();
        rig.AssertFails(first, RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted);
        Assert.Equal(2, rig.Get(second));
    }

    private static void Hoard(SteppedRig rig, List<LeasedBytes> hoard, byte[] bytes)
    {
        try
        {
            while (true)
            {
                hoard.Add(LeasedBytes.Copy(rig.Test.World.Blocks, bytes));
            }
        }
        catch (ByteBudgetExceededException)
        {
            // Now there is none left of this size.
        }
    }
}
