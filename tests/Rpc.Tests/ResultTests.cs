using NetCore.Core;

namespace NetCore.Rpc.Tests;

/// <summary>Whoever takes a result wrongly gets an exception, and nobody gets what is another call's.</summary>
public class ResultTests
{
    private readonly TaskCompletionSource<int> _gate = new();

    [Fact]
    public void Taking_the_result_of_a_pending_call_throws_and_leaves_the_call_alone()
    {
        using var rig = new SteppedRig();
        rig.Service.OnRun = (value, _) => value == 1 ? new(_gate.Task) : new(value);
        var pending = rig.Calls.RunAsync(1);
        rig.Test.Settle();
        Assert.Throws<InvalidOperationException>(() => pending.GetAwaiter().GetResult());
        Assert.Equal([2, 3, 4], Enumerable.Range(2, 3).Select(i => rig.Get(rig.Calls.RunAsync(i))));
        _gate.SetResult(9);
        Assert.Equal(9, rig.Get(pending));
    }

    [Fact]
    public void Taking_a_result_twice_throws()
    {
        using var rig = new SteppedRig();
        var call = rig.Calls.RunAsync(1);
        rig.Test.Settle();
        Assert.Equal(1, call.GetAwaiter().GetResult());
        Assert.Throws<InvalidOperationException>(() => call.GetAwaiter().GetResult());
        var next = rig.Calls.RunAsync(2);
        Assert.Throws<InvalidOperationException>(() => call.GetAwaiter().GetResult());
        Assert.Throws<InvalidOperationException>(() => call.GetAwaiter().UnsafeOnCompleted(() => { }));
        Assert.Equal(2, rig.Get(next));
    }

    [Fact]
    public void Of_two_threads_that_take_one_result_one_gets_it()
    {
        using var rig = new SteppedRig();
        for (var round = 0; round < 50; round++)
        {
            var call = rig.Calls.RunAsync(round);
            rig.Test.Settle();
            using var start = new Barrier(2);
            var taken = 0;
            void Take()
            {
                start.SignalAndWait();
                try
                {
                    Assert.Equal(round, call.GetAwaiter().GetResult());
                    Interlocked.Increment(ref taken);
                }
                catch (InvalidOperationException)
                {
                    // The other was first.
                }
            }

            var other = new Thread(Take);
            other.Start();
            Take();
            other.Join();
            Assert.Equal(1, taken);
            var two = new[] { rig.Calls.RunAsync(-1).AsTask(), rig.Calls.RunAsync(-2).AsTask() };
            Assert.Equal([-1, -2], two.Select(rig.Get));
        }
    }

    [Fact]
    public void A_leased_result_outlives_its_connection_until_it_is_disposed()
    {
        using var rig = new SteppedRig();
        var results = new List<LeasedBytes>();
        foreach (var length in new[] { 0, 1, 1000, 5000, 100_000 })
        {
            var request = LeasedBytes.Copy(rig.Test.World.Blocks, Bytes(length));
            results.Add(rig.Get(rig.Calls.LeaseAsync(request)));
        }

        rig.Finish(rig.Client.DisposeAsync());
        foreach (var result in results)
        {
            Assert.Equal(Bytes(result.Length), result.ToArray());
            result.Dispose();
        }
    }

    [Fact]
    public void Memory_that_was_given_to_a_call_may_be_changed_at_once()
    {
        using var rig = new SteppedRig(SteppedRig.MaxStreams(1));
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var first = rig.Calls.RunAsync(1).AsTask();
        var bytes = Bytes(20_000);
        var waiting = rig.Calls.MemoryAsync(bytes);
        Array.Clear(bytes);
        _gate.SetResult(1);
        Assert.Equal(Bytes(20_000), rig.Get(waiting).ToArray());
        Assert.Equal(1, rig.Get(first));
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
