namespace NetCore.Transport.Tests;

/// <summary>More requests than the ring has entries, and more completions than it has places.</summary>
public sealed class UringQueueTests
{
    [Fact]
    public async Task More_closes_at_once_than_the_ring_has_entries_all_end()
    {
        await using var engine = new OneTinyRing();
        await using var raw = RawPeer.Listen(engine);
        var servers = new List<Peer>();
        for (var i = 0; i < 200; i++)
        {
            // The other end stays open: only the close of this one ends what is in flight.
            var (_, server) = await raw.PairAsync();
            servers.Add(server.Start());
        }

        // In one go on the reactor, so that nothing is submitted meanwhile.
        servers[0].Connection.Executor.Post(
            new Reactors.Item(() => servers.ForEach(static server => server.Connection.Abort())));
        foreach (var server in servers)
        {
            await server.Done.Task.WaitAsync(Pair.Patience);
        }

        await Pair.Until(() => engine.Ring1.Count == 1, $"{engine.Ring1.Count} slots; the listener's is one");
    }

    [Fact]
    public async Task Completions_beyond_the_queue_come_in_when_there_is_room()
    {
        const int connections = 300;
        await using var engine = new OneTinyRing();
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
    }
}
