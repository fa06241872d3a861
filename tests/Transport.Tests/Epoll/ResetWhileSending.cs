using System.Net.Sockets;

namespace NetCore.Transport.Tests;

/// <summary>A peer that resets while it is sent to, and reads too little of it.</summary>
public abstract class ResetWhileSending<TEngine>
    where TEngine : Engine, new()
{
    private const int MuchBytes = 8 * 1024 * 1024;

    [Fact]
    public async Task A_reset_in_the_middle_of_a_send_is_no_end_of_the_input()
    {
        await using var engine = new TEngine();
        await using var raw = RawPeer.Listen(engine);
        for (var round = 0; round < 100; round++)
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
            Assert.NotEqual(0, client.Receive(new byte[50_000]));
            Thread.SpinWait(round % 50 * 200);
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            client.Dispose();
            await server.Done.Task.WaitAsync(Pair.Patience);
            Assert.Equal((false, TransportError.Reset), (server.Ended, server.Close.Error));
        }
    }

    [Fact]
    public Task A_reset_beside_a_thread_that_sends_is_no_end_of_the_input() => BesideAThread(200);

    [Nightly]
    [Fact]
    public Task A_reset_beside_a_thread_that_sends_is_no_end_of_the_input_in_any_of_many() => BesideAThread(10_000);

    private static async Task BesideAThread(int rounds)
    {
        await using var engine = new TEngine();
        await using var raw = RawPeer.Listen(engine);
        for (var round = 0; round < rounds; round++)
        {
            var (client, server) = await raw.PairAsync();
            using var _ = client;
            server.OnData = static (_, data) => data.Length;
            server.Start();
            var sending = Task.Run(() =>
            {
                while (server.ClosedCount == 0)
                {
                    server.SendPattern(100);
                }
            });
            Thread.SpinWait(2000 + (round % 50 * 100));
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            client.Dispose();
            await server.Done.Task.WaitAsync(Pair.Patience);
            await sending;
            Assert.Equal((false, TransportError.Reset), (server.Ended, server.Close.Error));
        }
    }
}
