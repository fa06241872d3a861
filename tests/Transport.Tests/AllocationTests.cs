using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>The steady path allocates nothing. Alone in its collection: it counts the whole process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    // Enough that the runtime's own rare allocations (a grown queue, a tier of code) stay far below the bound.
    private const int Messages = 30_000;

    [Fact]
    public Task A_ping_pong_over_tcp_allocates_nothing_per_message() =>
        Measure(world => new UntrackedEngine(world, new SocketTransport(world), "tcp://127.0.0.1:0"));

    [Fact]
    public Task A_ping_pong_over_unix_sockets_allocates_nothing_per_message() =>
        Measure(world => new UntrackedEngine(world, new SocketTransport(world), "unix://@nct-allocations"));

    [Fact]
    public Task A_ping_pong_in_memory_allocates_nothing_per_message() =>
        Measure(world => new UntrackedEngine(world, new InMemoryTransport(world), "inproc://a"));

    private static async Task Measure(Func<World, Engine> create)
    {
        // A tracking pool notes who rented each block, which allocates.
        await using var engine = create(new World(new WorldOptions { TrackBlocks = false }));
        await using var pair = await Pair.ConnectAsync(engine);
        using var done = new ManualResetEventSlim();
        var left = 0;
        pair.Server.OnData = Answer;
        pair.Client.OnData = (peer, data) =>
            Interlocked.Decrement(ref left) > 0 ? Answer(peer, data) : Stop(data.Length);
        pair.Server.OnFill = One;
        pair.Client.OnFill = One;
        pair.Server.Start();
        pair.Client.Start();

        var best = double.MaxValue;
        for (var window = 0; window < 4 && best >= 0.1; window++)
        {
            done.Reset();
            left = Messages;
            var before = GC.GetTotalAllocatedBytes(precise: true);
            pair.Client.Wanted = true;
            pair.Client.Connection.RequestSend();
            Assert.True(done.Wait(Pair.Patience), "the ping-pong stopped");
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

            // The first window warms pools and code up.
            best = window == 0 ? best : Math.Min(best, (double)allocated / Messages);
        }

        Assert.True(best < 0.1, $"{best} bytes per message");

        int Stop(int length)
        {
            done.Set();
            return length;
        }
    }

    private static int Answer(Peer peer, ReceivedData data)
    {
        peer.Wanted = true;
        peer.Connection.RequestSend();
        return data.Length;
    }

    private static SendState One(Peer peer, SendBatch batch)
    {
        if (peer.Wanted)
        {
            peer.Wanted = false;
            batch.Write("ping"u8);
        }

        return SendState.Idle;
    }

    private sealed class UntrackedEngine(World world, ITransport transport, TransportAddress address) : Engine
    {
        public override World World => world;

        public override ITransport Transport => transport;

        public override string Backend => transport.Backend;

        public override TransportAddress NewAddress() => address;

        public override TransportAddress DeadAddress() => address;
    }
}
