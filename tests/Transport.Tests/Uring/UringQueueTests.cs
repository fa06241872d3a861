using System.Net.Sockets;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>More requests than the ring has entries, and more completions than it has places.</summary>
public sealed class UringQueueTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Trap", "10")]
    public async Task More_closes_at_once_than_the_ring_has_entries_all_end(bool refuses)
    {
        await using var engine = new FullEngine();
        await using var raw = RawPeer.Listen(engine);
        var pairs = await Connect(raw, 200);
        foreach (var (_, server) in pairs)
        {
            server.Start();
        }

        // In one go on the reactor, so that nothing is submitted meanwhile.
        engine.Full.Refuses = refuses;
        pairs[0].Server.Connection.Executor.Post(
            new Reactors.Item(() => pairs.ForEach(static pair => pair.Server.Connection.Abort())));
        foreach (var (_, server) in pairs)
        {
            await server.Done.Task.WaitAsync(Pair.Patience);
        }

        await Pair.Until(() => engine.Ring1.Count == 1, $"{engine.Ring1.Count} slots; the listener's is one");
        Assert.True(!refuses || engine.Ring1.MostLate > 0, "There was room for all.");

        // The other ends stay open until here, which a collected socket would not: only the closes of these end what
        // is in flight.
        pairs.ForEach(static pair => pair.Client.Dispose());
    }

    [Fact]
    [Trait("Trap", "9")]
    public async Task The_reactor_does_not_sleep_while_a_request_waits_for_room()
    {
        const int connections = 50;
        await using var engine = new FullEngine();
        await using var raw = RawPeer.Listen(engine);
        var pairs = await Connect(raw, connections);

        // None of these requests completes before something is sent to it.
        engine.Full.Refuses = true;
        await pairs[0].Server.Connection.RunOnReactor(() => pairs.ForEach(static pair => pair.Server.Start()));
        pairs.Reverse();
        try
        {
            foreach (var (client, server) in pairs)
            {
                client.Send([Peer.ByteAt(0)]);
                await Pair.Until(() => server.Received == 1, "a byte for the request that came last");
                client.Dispose();
            }
        }
        finally
        {
            // A reactor that sleeps then ends all the same.
            engine.Full.Refuses = false;
        }

        Assert.InRange(engine.Ring1.MostLate, 1, connections * 2);
    }

    [Theory]
    [InlineData(null, WaitPolicy.Blocking)]
    [InlineData((int)RingRung.Cooperative, WaitPolicy.Blocking)]
    [InlineData((int)RingRung.Plain, WaitPolicy.Blocking)]
    [InlineData((int)RingRung.Cooperative, WaitPolicy.BusyPoll)]
    [InlineData((int)RingRung.Plain, WaitPolicy.BusyPoll)]
    [Trait("Trap", "11")]
    public async Task Completions_beyond_the_queue_come_in_when_there_is_room(int? rung, WaitPolicy wait)
    {
        const int connections = 300;
        await using var engine = new FullEngine((RingRung?)rung, wait);
        await using var raw = RawPeer.Listen(engine);
        var pairs = await Connect(raw, connections);
        foreach (var (client, server) in pairs)
        {
            server.Start();
            client.Send([Peer.ByteAt(0)]);
            await Pair.Until(() => server.Received == 1, "a byte");
        }

        using var go = new ManualResetEventSlim();
        pairs[0].Server.Connection.Executor.Post(new Reactors.Item(() => go.Wait(Pair.Patience)));
        foreach (var (client, _) in pairs)
        {
            client.Send([Peer.ByteAt(1)]);
        }

        go.Set();
        foreach (var (client, server) in pairs)
        {
            await Pair.Until(() => server.Received == 2, "a byte of each that was ready at once");
            client.Dispose();
        }

        // With deferred task work the kernel makes completions only when there is room.
        Assert.True(rung is null || engine.Full.Overflowed, "The queue never overflowed.");
    }

    private static async Task<List<(Socket Client, Peer Server)>> Connect(RawPeer raw, int count)
    {
        var pairs = new List<(Socket Client, Peer Server)>();
        for (var i = 0; i < count; i++)
        {
            pairs.Add(await raw.PairAsync());
        }

        return pairs;
    }

    private sealed class FullEngine(RingRung? only = null, WaitPolicy wait = WaitPolicy.Blocking) : UringTcpEngine
    {
        public FullRing Full { get; } = new();

        public UringSet Ring1 => Sets.Single();

        protected override int Reactors => 1;

        protected override WaitPolicy Wait => wait;

        private protected override UringSettings Settings =>
            TinySettings with { Ring = TinySettings.Ring with { Only = only } };

        private protected override IUringCalls Ring() => Full;
    }
}
