using System.Net.Sockets;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The error of a connection, which a send that had sent a part has taken away with it.</summary>
public sealed class UringLostErrorTests
{
    // A full buffer lets a system call receive what follows, one that is not full a request.
    [Theory]
    [InlineData(256)]
    [InlineData(255)]
    public async Task A_reset_that_ends_a_send_is_no_end_of_the_input_for_who_receives_before_that_is_known(int bytes)
    {
        await using var engine = new SingleShotEngine();
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.PairAsync(receiveBuffer: 4096);
        using var _ = client;
        var received = 0;
        Completion? cut = null;
        var reset = false;

        // Nothing is received while the send is under way, so that it is the send that meets the reset.
        engine.Held.Holds = completion =>
        {
            var kind = UringData.KindOf(completion.Data);
            if (kind == UringKind.Receive)
            {
                Interlocked.Exchange(ref received, completion.Result);
                return true;
            }

            if (kind == UringKind.Send && Volatile.Read(ref reset))
            {
                cut = completion;
                Volatile.Write(ref reset, false);
                return true;
            }

            return false;
        };
        server.OnData = static (_, data) => data.Length;
        server.Start();
        await Pair.Until(() => engine.Held.Submitted.Contains(UringKind.Receive), "a request receives");
        client.Send(new byte[bytes]);
        await Pair.Until(() => Volatile.Read(ref received) > 0, "a buffer has bytes, of which nobody is told");
        await server.Connection.RunOnReactor(() => server.SendPattern(8 * 1024 * 1024));
        await Pair.Until(() => server.Connection.Statistics.BytesSent > 100_000, "some is sent");
        await server.StandsStill(() => engine.Ring1.Counters.Sends);
        Volatile.Write(ref reset, true);
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Dispose();
        await Pair.Until(() => !Volatile.Read(ref reset), "the send has ended");
        Assert.Equal((bytes, true), (received, cut is { Error: Errno.None, Result: > 0 }));

        // The receive is told first, and the next one finds no error in the socket any more.
        engine.Held.LetGo();
        await server.Connection.RunOnReactor(static () => { });
        await server.Done.Task.WaitAsync(Pair.Patience);
        Assert.Equal((false, TransportError.Reset), (server.Ended, server.Close.Error));
    }

    private sealed class SingleShotEngine : UringTcpEngine
    {
        public HeldRing Held { get; } = new();

        public UringSet Ring1 => Sets.Single();

        protected override int Reactors => 1;

        private protected override UringSettings Settings => TinySettings;

        private protected override IUringCalls Ring() => Held;
    }
}
