using System.Net.Sockets;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>Closes that meet requests in flight.</summary>
public sealed class UringCloseTests
{
    private const int MuchBytes = 8 * 1024 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Trap", "15")]
    public async Task An_abort_in_the_middle_of_a_send_sends_nothing_after_it(bool someIsRead)
    {
        await using var engine = new OneTinyRing();
        await using var raw = RawPeer.Listen(engine);
        for (var round = 0; round < 20; round++)
        {
            var (client, server) = await raw.PairAsync(receiveBuffer: 4096);
            using var _ = client;
            server.OnData = static (peer, data) =>
            {
                peer.SendPattern(MuchBytes);
                return data.Length;
            };
            server.Start();
            client.Send("?"u8);
            if (someIsRead)
            {
                Assert.NotEqual(0, client.Receive(new byte[50_000]));
            }

            // Sends that are done follow each other until the socket takes no more, and then one is in flight.
            await Pair.Until(() => server.Connection.Statistics.BytesSent > 100_000, "some is sent");
            await server.StandsStill(() => engine.Ring1.Counters.Sends);
            var sends = 0L;
            await server.Connection.RunOnReactor(() =>
            {
                server.Connection.Abort();
                sends = engine.Ring1.Counters.Sends;
            });
            await server.Done.Task.WaitAsync(Pair.Patience);
            await server.Connection.DisposeAsync().AsTask().WaitAsync(Pair.Patience);
            Assert.Equal(sends, engine.Ring1.Counters.Sends);
            Assert.Equal(0, engine.Ring1.Messages.Held);
        }
    }

    [Fact]
    [Trait("Trap", "23")]
    public Task The_end_of_a_unix_peer_is_seen_that_comes_with_its_last_bytes() => UnixEnds(1000);

    [Nightly]
    [Fact]
    public Task The_end_of_a_unix_peer_is_seen_that_comes_with_its_last_bytes_each_of_many_times() =>
        UnixEnds(100_000);

    [Fact]
    [Trait("Trap", "24")]
    public async Task Each_accepted_connection_is_that_of_its_client_beside_one_that_sends_without_end()
    {
        await using var engine = new UringTcpEngine();
        await using var raw = RawPeer.Listen(engine);
        var (hose, drain) = await raw.PairAsync();
        drain.OnData = static (_, data) => data.Length;
        drain.Start();
        var stop = false;
        var pump = Task.Run(() =>
        {
            var bytes = new byte[64 * 1024];
            while (!Volatile.Read(ref stop))
            {
                hose.Send(bytes);
            }
        });
        for (var i = 0; i < 200; i++)
        {
            using var client = raw.Connect();
            var server = await raw.AcceptAsync();
            Assert.Equal($"tcp://{client.LocalEndPoint}", server.RemoteAddress.ToString());
            server.Abort();
        }

        Volatile.Write(ref stop, true);
        await pump.WaitAsync(Pair.Patience);
        hose.Dispose();
    }

    private static async Task UnixEnds(int rounds)
    {
        await using var engine = new UringUnixEngine();
        var address = engine.NewAddress();
        await using var listener = await engine.Transport.ListenAsync(address, static connection => new Peer(connection)
        {
            OnEnd = static peer => peer.SendPattern(peer.Received, end: true),
        }.Start());
        for (var round = 0; round < rounds; round++)
        {
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            {
                ReceiveTimeout = (int)Pair.Patience.TotalMilliseconds,
            };
            client.Connect(SocketAddresses.Unix(address));
            var bytes = new byte[1 + (round % 5000)];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = Peer.ByteAt(i);
            }

            client.Send(bytes);
            client.Shutdown(SocketShutdown.Send);
            Assert.Equal(bytes.Length, RawPeer.ReadToEnd(client));
        }
    }
}
