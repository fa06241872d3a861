using System.Net.Sockets;

namespace NetCore.Transport.Tests;

/// <summary>The end of a peer's output, which comes with bytes, before an answer, or never.</summary>
public abstract class EndOfInput<TEngine>
    where TEngine : Engine, new()
{
    private const int TcpCork = 3;

    [Fact]
    public Task An_end_in_the_same_segment_as_the_last_bytes_is_seen() => EndWithBytes(500);

    [Nightly]
    [Fact]
    public Task An_end_in_the_same_segment_as_the_last_bytes_is_seen_each_of_many_times() => EndWithBytes(100_000);

    [Fact]
    public async Task An_answer_of_many_sends_reaches_a_client_that_ended_its_output_with_the_question()
    {
        await using var engine = new TEngine();
        await using var raw = RawPeer.Listen(engine);
        for (var i = 0; i < 20; i++)
        {
            // The small buffer makes the answer wait for room several times.
            var (client, server) = await raw.PairAsync(receiveBuffer: 4096);
            using var _ = client;
            server.OnData = static (peer, data) =>
            {
                peer.SendPattern(200_000, end: true);
                return data.Length;
            };
            client.Send("?"u8);
            client.Shutdown(SocketShutdown.Send);
            server.Start();
            Assert.Equal(200_000, RawPeer.ReadToEnd(client));
            await server.Done.Task.WaitAsync(Pair.Patience);
            Assert.Equal(TransportError.None, server.Close.Error);
        }
    }

    private static async Task EndWithBytes(int rounds)
    {
        await using var engine = new TEngine();
        await using var listening = RawPeer.Listen(engine, static connection =>
            new Peer(connection) { OnEnd = static peer => peer.SendPattern(peer.Received, end: true) }.Start());
        for (var round = 0; round < rounds; round++)
        {
            using var client = listening.Connect();
            var bytes = new byte[1 + (round % 1000)];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = Peer.ByteAt(i);
            }

            // A corked socket sends nothing before the end, and then both together.
            client.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpCork, BitConverter.GetBytes(1));
            client.Send(bytes);
            client.Shutdown(SocketShutdown.Send);
            Assert.Equal(bytes.Length, RawPeer.ReadToEnd(client));
        }
    }
}
