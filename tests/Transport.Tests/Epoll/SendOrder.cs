using System.Buffers.Binary;

namespace NetCore.Transport.Tests;

/// <summary>Sends that the kernel takes in pieces, from many threads, beside receives.</summary>
public abstract class SendOrder<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task Frames_of_many_tasks_keep_each_tasks_order_though_each_send_waits_for_room()
    {
        const int tasks = 8;
        const int frames = 3000;
        const int frameBytes = 40;
        await using var engine = new TEngine();
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.PairAsync(receiveBuffer: 4096);
        using var _ = client;
        server.Start();
        var senders = Enumerable.Range(0, tasks).Select(task => Task.Run(() =>
        {
            for (var i = 0; i < frames; i++)
            {
                var frame = new byte[frameBytes];
                BinaryPrimitives.WriteInt32LittleEndian(frame, task);
                BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), i);
                server.Send(frame);
            }
        })).ToArray();

        var next = new int[tasks];
        var received = new byte[frameBytes];
        for (var i = 0; i < tasks * frames; i++)
        {
            for (var got = 0; got < frameBytes;)
            {
                var count = client.Receive(received.AsSpan(got));
                Assert.NotEqual(0, count);
                got += count;
            }

            var task = BinaryPrimitives.ReadInt32LittleEndian(received);
            Assert.Equal(next[task]++, BinaryPrimitives.ReadInt32LittleEndian(received.AsSpan(4)));
        }

        await Task.WhenAll(senders);
    }

    [Fact]
    public Task Sends_and_receives_of_one_connection_at_once_do_not_hang() => Duplex(20);

    [Nightly]
    [Fact]
    public Task Sends_and_receives_of_one_connection_at_once_do_not_hang_in_many_rounds() => Duplex(1000);

    private static async Task Duplex(int rounds)
    {
        await using var engine = new TEngine();
        for (var round = 0; round < rounds; round++)
        {
            await using var pair = await Pair.StartAsync(engine);
            var sends = 80 + (round * 37 % 120);
            Peer[] peers = [pair.Client, pair.Server];
            await Task.WhenAll(peers.Select(peer => Task.Run(() =>
            {
                for (var i = 0; i < sends; i++)
                {
                    peer.SendPattern(4096);
                }
            })));
            await Pair.Until(
                () => pair.Client.Received == sends * 4096 && pair.Server.Received == sends * 4096,
                $"round {round}: {pair.Client.Received} and {pair.Server.Received} of {sends * 4096}");
        }
    }
}
