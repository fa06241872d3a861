using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>Traps that need a certain order of completions, or a kernel with a defect.</summary>
public sealed class UringTrapTests
{
    [Fact]
    [Trait("Trap", "15")]
    public async Task A_cancelled_send_that_tells_of_bytes_is_not_continued()
    {
        const int bytes = 10;
        await using var engine = new HeldEngine();
        engine.Held.Change = static entry =>
        {
            entry.Length = entry.Operation == Operation.Send ? bytes : entry.Length;
            return entry;
        };
        engine.Held.Holds = static completion => UringData.KindOf(completion.Data) == UringKind.Send;
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.PairAsync();
        using var _ = client;
        server.OnData = static (peer, data) =>
        {
            peer.SendPattern(1000);
            return data.Length;
        };
        server.Start();
        client.Send("?"u8);

        // The kernel has sent a part, of which the reactor is told after its cancels: those of the send find nothing.
        Assert.Equal(bytes, client.Receive(new byte[1000]));
        server.Connection.Abort();
        await Pair.Until(
            () => engine.Held.Submitted.Count(static kind => kind == UringKind.Cancel) >= 2,
            "receive and send are cancelled");
        engine.Held.LetGo();
        await server.Connection.RunOnReactor(static () => { });
        await server.Done.Task.WaitAsync(Pair.Patience);
        Assert.Single(engine.Held.Submitted, UringKind.Send);
    }

    [Fact]
    [Trait("Trap", "23")]
    public async Task The_end_of_a_unix_peer_is_seen_on_a_kernel_that_misses_it_for_requests_that_go_on()
    {
        var goOn = new HashSet<ulong>();
        var held = new HeldRing
        {
            Change = entry =>
            {
                var goesOn = entry.Operation == Operation.Receive
                    && (entry.Transfer & TransferFlags.ReceiveMultishot) != 0;
                _ = goesOn ? goOn.Add(entry.Data) : goOn.Remove(entry.Data);
                return entry;
            },
            Holds = completion => completion.Result == 0 && goOn.Contains(completion.Data),
        };
        await using var engine = new DeafEngine(held);
        try
        {
            for (var round = 1; round <= 20; round++)
            {
                await using var pair = await Pair.StartAsync(engine);
                pair.Client.SendPattern(round * 100, end: true);
                await pair.Closed();
                Assert.Equal(round * 100, pair.Server.Received);
            }
        }
        finally
        {
            // What is held keeps the reactor.
            held.LetGo();
        }
    }

    private sealed class DeafEngine(HeldRing held) : UringUnixEngine
    {
        protected override int Reactors => 1;

        private protected override UringSettings Settings => new() { Multishot = UringMultishot.Tcp };

        private protected override IUringCalls Ring() => held;
    }
}
