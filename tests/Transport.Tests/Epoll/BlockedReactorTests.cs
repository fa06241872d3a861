using System.Net.Sockets;

namespace NetCore.Transport.Tests;

/// <summary>A receiver that blocks, which it must not.</summary>
public sealed class BlockedReactorTests
{
    [Fact]
    public async Task A_receiver_that_blocks_holds_up_its_own_reactor_and_no_other()
    {
        await using var engine = new EpollTcpEngine();
        await using var raw = RawPeer.Listen(engine);
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var pairs = new List<(Socket Client, Peer Server)>();
        for (var i = 0; i < 8; i++)
        {
            pairs.Add(await raw.PairAsync());
        }

        var blocked = pairs[0].Server.Connection.Executor;
        pairs[0].Server.OnData = (_, data) =>
        {
            entered.Set();
            go.Wait(Pair.Patience);
            return data.Length;
        };
        foreach (var (_, server) in pairs)
        {
            server.OnData ??= static (peer, data) =>
            {
                peer.SendPattern(data.Length);
                return data.Length;
            };
            server.Start();
        }

        pairs[0].Client.Send("x"u8);
        Assert.True(entered.Wait(Pair.Patience));
        var others = pairs.Where(pair => pair.Server.Connection.Executor != blocked).ToList();
        Assert.InRange(others.Count, 3, 5);
        var beside = pairs.Skip(1).First(pair => pair.Server.Connection.Executor == blocked);
        beside.Client.Send("z"u8);
        var answer = new byte[1];
        for (var i = 0; i < 200; i++)
        {
            foreach (var (client, _) in others)
            {
                client.Send("y"u8);
                Assert.Equal(1, client.Receive(answer));
            }
        }

        // Hundreds of answers of others later; those beside it come when it goes on.
        Assert.Equal(0, beside.Client.Available);
        go.Set();
        Assert.Equal(1, beside.Client.Receive(answer));
        pairs.ForEach(static pair => pair.Client.Dispose());
    }
}
