using System.Net.Sockets;

namespace NetCore.Transport.Tests;

/// <summary>A reset that comes with the last bytes, before the reactor has looked at either.</summary>
public sealed class UringResetTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_reset_that_comes_with_the_last_bytes_is_told(bool singleShot, bool ends)
    {
        await using UringTcpEngine engine = singleShot ? new SingleShotUringEngine() : new UringTcpEngine();
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.WaitingPairAsync();
        using var _ = client;
        using var entered = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        server.Connection.Executor.Post(new Reactors.Item(() =>
        {
            entered.Release();

            // Until both have arrived.
            go.Wait(Pair.Patience);
        }));
        Assert.True(await entered.WaitAsync(Pair.Patience));
        client.Send([Peer.ByteAt(1)]);
        if (ends)
        {
            client.Shutdown(SocketShutdown.Send);
        }
        else
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            client.Dispose();
        }

        go.Release();
        await Pair.Until(() => server.Received == 2, "the last byte is received");
        await Pair.Until(() => ends ? server.Ended : server.ClosedCount == 1, "the end is told");
        Assert.Equal(ends ? TransportError.None : TransportError.Reset, server.Close.Error);
    }

    // A kernel that takes the two for one does so once in some hundred to some thousand times.
    [Fact]
    public async Task A_reset_that_comes_with_an_answer_is_told_each_of_many_times()
    {
        await using var engine = new UringTcpEngine();
        await using var listener = await engine.Transport.ListenAsync(
            engine.NewAddress(), static connection => new Peer(connection)
            {
                OnFill = static (_, batch) =>
                {
                    batch.Write(new byte[1000]);
                    return SendState.Idle;
                },
                OnData = static (peer, data) =>
                {
                    peer.Connection.RequestSend();
                    return data.Length;
                },
                OnEnd = static peer => peer.Connection.Abort(),
            }.Start());
        for (var round = 0; round < 10_000; round++)
        {
            var client = new Peer(await engine.Transport.ConnectAsync(listener.Address))
            {
                OnData = static (_, data) => data.Length,
            }.Start();
            client.SendPattern(10, end: true);
            await client.Done.Task.WaitAsync(Pair.Patience);
            Assert.Equal((false, TransportError.Reset), (client.Ended, client.Close.Error));
        }
    }
}
