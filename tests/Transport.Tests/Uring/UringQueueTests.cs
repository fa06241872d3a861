using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>More requests than the ring has entries, and more completions than it has places.</summary>
public sealed class UringQueueTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_closes_at_once_than_the_ring_has_entries_all_end(bool refuses)
    {
        await using var engine = new FullEngine();
        await using var raw = RawPeer.Listen(engine);
        var servers = new List<Peer>();
        for (var i = 0; i < 200; i++)
        {
            // The other end stays open: only the close of this one ends what is in flight.
            var (_, server) = await raw.PairAsync();
            servers.Add(server.Start());
        }

        engine.Full.Refuses = refuses;

        // In one go on the reactor, so that nothing is submitted meanwhile.
        servers[0].Connection.Executor.Post(
            new Reactors.Item(() => servers.ForEach(static server => server.Connection.Abort())));
        foreach (var server in servers)
        {
            await server.Done.Task.WaitAsync(Pair.Patience);
        }

        await Pair.Until(() => engine.Ring1.Count == 1, $"{engine.Ring1.Count} slots; the listener's is one");
        Assert.Equal(refuses, engine.Ring1.MostLate > 0);
    }

    [Fact]
    public async Task The_reactor_does_not_sleep_while_a_request_waits_for_room()
    {
        const int connections = 50;
        await using var engine = new FullEngine();
        await using var raw = RawPeer.Listen(engine);
        var pairs = new List<(System.Net.Sockets.Socket Client, Peer Server)>();
        for (var i = 0; i < connections; i++)
        {
            pairs.Add(await raw.PairAsync());
        }

        // None of these requests completes before something is sent to it.
        engine.Full.Refuses = true;
        pairs[0].Server.Connection.Executor.Post(
            new Reactors.Item(() => pairs.ForEach(static pair => pair.Server.Start())));
        pairs.Reverse();
        foreach (var (client, server) in pairs)
        {
            client.Send([Peer.ByteAt(0)]);
            await Pair.Until(() => server.Received == 1, "a byte for the request that came last");
            client.Dispose();
        }

        Assert.InRange(engine.Ring1.MostLate, 1, connections * 2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData((int)RingRung.Cooperative)]
    [InlineData((int)RingRung.Plain)]
    public async Task Completions_beyond_the_queue_come_in_when_there_is_room(int? rung)
    {
        const int connections = 300;
        await using var engine = new FullEngine((RingRung?)rung);
        await using var raw = RawPeer.Listen(engine);
        var pairs = new List<(System.Net.Sockets.Socket Client, Peer Server)>();
        for (var i = 0; i < connections; i++)
        {
            var pair = await raw.PairAsync();
            pair.Server.Start();
            pairs.Add(pair);
            pair.Client.Send([Peer.ByteAt(0)]);
            await Pair.Until(() => pair.Server.Received == 1, "a byte");
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

    private sealed class FullEngine(RingRung? only = null) : UringTcpEngine
    {
        public FullRing Full { get; } = new();

        public UringSet Ring1 => Sets.Single();

        protected override int Reactors => 1;

        private protected override UringSettings Settings =>
            TinySettings with { Ring = TinySettings.Ring with { Only = only } };

        private protected override IUringCalls Ring() => Full;
    }
}
