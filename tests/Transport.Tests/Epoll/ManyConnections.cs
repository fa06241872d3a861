using NetCore.Core;
using NetCore.Transport.Peer;

namespace NetCore.Transport.Tests;

/// <summary>Ten thousand connections between two processes. Alone: it takes all processors.</summary>
public abstract class ManyConnections<TEngine>
    where TEngine : Engine, new()
{
    private const int Count = 10_000;
    private const int Workers = 32;

    // The transport's share is to be less than 1 KiB; as much again is for the test's own receiver, source and tasks
    // and for what the process allocates besides. A buffer that is kept would be 32 KiB.
    private const int MaxBytes = 2 * 1024;

    [Fact]
    public Task Ten_thousand_connections_are_held_without_a_block_and_cycled() => Hold(cycles: 2000);

    [Nightly]
    [Fact]
    public Task Ten_thousand_connections_are_held_and_cycled_for_long() => Hold(cycles: 200_000);

    private static async Task Hold(int cycles)
    {
        await using var engine = new TEngine();
        using var process = await PeerProcess.StartAsync(engine.Backend);
        var ends = new KeyedEnd[Count];
        ends[0] = await OpenAsync(engine, process, 0);
        await CloseAsync(ends[0], inOrder: true);
        await process.Until(static state => state.Open == 0, "the first is closed");
        var before = await process.AskAsync("collect");

        await ForAll(Count, async i => ends[i] = await OpenAsync(engine, process, (ulong)i));
        var held = await process.Until(static state => state.Open == Count && state.Blocks == 0, "all are held");
        await Pair.Until(() => engine.World.Blocks.Outstanding == 0, "no block is held here");
        held = await process.AskAsync("collect");
        var bytes = (held.Bytes - before.Bytes) / Count;
        Assert.True(bytes < MaxBytes, $"{bytes} bytes for each connection that waits");

        await ForAll(cycles, async i =>
        {
            await CloseAsync(ends[i % Count], inOrder: i % 2 == 0);
            ends[i % Count] = await OpenAsync(engine, process, (ulong)(Count + i));
        });
        await ForAll(Count, async i => await CloseAsync(ends[i], inOrder: i % 2 == 0));

        var after = await process.Until(static state => state.Open == 0, "all are closed");
        Assert.True(after.Wrong == 0, $"{after}");
        Assert.Equal(Count + cycles + 1, after.Accepted);
        await process.Until(state => state.Descriptors <= before.Descriptors + 2, "descriptors are back");
        Assert.Null(engine.Leftovers());
    }

    private static Task ForAll(int count, Func<int, Task> action)
    {
        // Worker w takes every so many-th from w on: an end of a connection is one worker's at a time.
        return Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var i = worker; i < count; i += Workers)
            {
                await action(i);
            }
        })));
    }

    private static async Task<KeyedEnd> OpenAsync(Engine engine, PeerProcess process, ulong key)
    {
        var connection = await engine.Transport.ConnectAsync(
            process.Address, new ConnectOptions { Timeout = Pair.Patience });
        var end = KeyedEnd.Client(connection, key, 1 + (long)(key % 300));
        await end.Received.WaitAsync(Pair.Patience);
        return end;
    }

    private static async Task CloseAsync(KeyedEnd end, bool inOrder)
    {
        if (inOrder)
        {
            end.End();
            Assert.Equal(TransportError.None, (await end.Closed.WaitAsync(Pair.Patience)).Error);
        }

        await end.Connection.DisposeAsync().AsTask().WaitAsync(Pair.Patience);
        Assert.Null(end.Wrong);
    }
}
