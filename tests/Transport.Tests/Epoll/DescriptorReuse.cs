using NetCore.Transport.Peer;

namespace NetCore.Transport.Tests;

/// <summary>The number of a closed descriptor is the next connection's: nothing of the old one may reach it.</summary>
public abstract class DescriptorReuse<TEngine>
    where TEngine : Engine, new()
{
    // What the runtime needs and a few connections, so that a listener also comes to its limit.
    private const int Descriptors = 160;

    private const int Workers = 16;

    [Fact]
    public Task Streams_stay_apart_in_a_storm_of_connects_and_closes() => Storm(60);

    [Nightly]
    [Fact]
    public Task Streams_stay_apart_in_a_long_storm_of_connects_and_closes() => Storm(3000);

    private static async Task Storm(int rounds)
    {
        await using var engine = new TEngine();
        using var process = await PeerProcess.StartAsync(engine.Backend, Descriptors);

        // What the runtime opens for the first connection stays open.
        await Round(engine, process, new Random(1), 1);
        var before = await process.Until(static state => state.Open == 0, "the first is closed");
        var workers = Enumerable.Range(2, Workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = 0; i < rounds; i++)
            {
                await Round(engine, process, random, ((ulong)worker << 32) + (ulong)i);
            }
        })).ToArray();
        await Task.WhenAll(workers);

        var state = await process.Until(static state => state.Open == 0, "all are closed");
        Assert.True(state.Wrong == 0, $"{state}");
        Assert.Equal(0, state.Blocks);
        Assert.Equal((rounds * Workers) + 1, state.Accepted);
        await process.Until(state => state.Descriptors <= before.Descriptors + 2, "descriptors are back");
        Assert.Null(engine.Leftovers());
    }

    private static async Task Round(Engine engine, PeerProcess process, Random random, ulong key)
    {
        var connection = await engine.Transport.ConnectAsync(
            process.Address, new ConnectOptions { Timeout = Pair.Patience });
        var client = KeyedEnd.Client(connection, key, random.Next(1, 40_000));
        switch (random.Next(4))
        {
            case 0:
                // Somewhere on the way.
                Thread.SpinWait(random.Next(10_000));
                break;
            case 1:
                await client.Received.WaitAsync(Pair.Patience);
                break;
            default:
                client.End();
                await client.Received.WaitAsync(Pair.Patience);
                var close = await client.Closed.WaitAsync(Pair.Patience);
                Assert.Equal((TransportError.None, null), (close.Error, close.Detail));
                break;
        }

        await connection.DisposeAsync().AsTask().WaitAsync(Pair.Patience);
        Assert.Null(client.Wrong);
    }
}
