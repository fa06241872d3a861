using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>Work that a receive batch wakes.</summary>
public abstract class AfterBatchConformance<TEngine> : ConformanceBase<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task Work_of_a_batch_that_blocks_does_not_stop_the_input()
    {
        Assert.SkipUnless(Engine.WorkMayBlock, "The executor of this engine is the thread that receives.");
        await using var pair = await Pair.StartAsync(Engine);
        using var second = new ManualResetEventSlim();
        var worked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Server.OnData = (peer, data) =>
        {
            if (peer.Received == 0)
            {
                peer.Connection.RunAfterBatch(new Item(() => worked.SetResult(second.Wait(Pair.Patience))));
            }
            else
            {
                second.Set();
            }

            return peer.Check(data);
        };
        pair.Client.SendPattern(10);
        await Pair.Until(() => pair.Server.Received == 10, "first batch");
        pair.Client.SendPattern(10);
        Assert.True(await worked.Task.WaitAsync(Pair.Patience));
    }

    [Fact]
    public async Task Each_item_of_a_batch_runs_once_and_after_its_callback()
    {
        await using var pair = await Pair.StartAsync(Engine);
        var runs = new int[3];
        var inside = 0;
        var early = 0;
        pair.Server.OnData = (peer, data) =>
        {
            if (peer.Received > 0)
            {
                // Bytes may come in several batches; the first one has given the items.
                return peer.Check(data);
            }

            Volatile.Write(ref inside, Environment.CurrentManagedThreadId);
            foreach (var i in Enumerable.Range(0, runs.Length))
            {
                peer.Connection.RunAfterBatch(new Item(() =>
                {
                    early += Volatile.Read(ref inside) == Environment.CurrentManagedThreadId ? 1 : 0;
                    Interlocked.Increment(ref runs[i]);
                }));
            }

            Volatile.Write(ref inside, 0);
            return peer.Check(data);
        };
        pair.Client.SendPattern(10);
        await Pair.Until(() => runs.Sum() >= runs.Length, "the items");
        Assert.All(runs, count => Assert.Equal(1, count));
        Assert.Equal(0, early);
    }

    [Fact]
    public async Task Work_given_outside_of_a_batch_is_posted()
    {
        await using var pair = await Pair.StartAsync(Engine);
        var here = Environment.CurrentManagedThreadId;
        var inside = true;
        var ranInside = false;
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Client.Connection.RunAfterBatch(new Item(() =>
        {
            ranInside = Volatile.Read(ref inside) && Environment.CurrentManagedThreadId == here;
            ran.SetResult();
        }));
        Volatile.Write(ref inside, false);
        await ran.Task.WaitAsync(Pair.Patience);
        Assert.False(ranInside);
    }

    [Fact]
    public async Task Work_of_the_last_batch_runs_although_the_connection_is_aborted_in_it()
    {
        await using var pair = await Pair.StartAsync(Engine);
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Server.OnData = (peer, data) =>
        {
            peer.Connection.RunAfterBatch(new Item(ran.SetResult));
            peer.Connection.Abort();
            return data.Length;
        };
        pair.Client.SendPattern(10);
        await ran.Task.WaitAsync(Pair.Patience);
    }

    private sealed class Item(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
