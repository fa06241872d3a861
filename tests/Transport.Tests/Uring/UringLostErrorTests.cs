using System.Net.Sockets;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The error of a connection, which a send that had sent a part has taken away with it.</summary>
public sealed class UringLostErrorTests
{
    [Fact]
    public async Task A_reset_that_ends_a_send_is_no_end_of_the_input_for_a_receive_before_that_is_known()
    {
        const int buffer = 256;
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
        client.Send(new byte[buffer]);
        await Pair.Until(() => Volatile.Read(ref received) > 0, "a buffer is full, of which nobody is told");
        await server.Connection.RunOnReactor(() => server.SendPattern(8 * 1024 * 1024));
        await Pair.Until(() => server.Connection.Statistics.BytesSent > 100_000, "some is sent");
        await server.StandsStill(() => engine.Ring1.Counters.Sends);
        Volatile.Write(ref reset, true);
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Dispose();
        await Pair.Until(() => !Volatile.Read(ref reset), "the send has ended");
        Assert.Equal((buffer, true), (received, cut is { Error: Errno.None, Result: > 0 }));

        // The receive is told first, and the next one finds no error in the socket any more.
        engine.Held.LetGo();
        await server.Connection.RunOnReactor(static () => { });
        await server.Done.Task.WaitAsync(Pair.Patience);
        Assert.Equal((false, TransportError.Reset), (server.Ended, server.Close.Error));
    }

    [Fact]
    public async Task A_reset_that_ends_a_send_is_no_end_of_the_input_for_a_request_that_is_told_before()
    {
        await using var engine = new HeldTcpEngine();
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.PairAsync(receiveBuffer: 4096);
        using var _ = client;
        var reset = false;
        int? received = null;
        Completion? cut = null;
        engine.Held.Holds = completion =>
        {
            var kind = UringData.KindOf(completion.Data);
            received = kind == UringKind.Receive && Volatile.Read(ref reset) ? completion.Result : received;
            cut = kind == UringKind.Send && Volatile.Read(ref reset) ? completion : cut;
            return kind == UringKind.Send && Volatile.Read(ref reset);
        };
        server.OnData = static (_, data) => data.Length;
        server.Start();
        await server.Connection.RunOnReactor(() => server.SendPattern(8 * 1024 * 1024));
        await Pair.Until(() => server.Connection.Statistics.BytesSent > 100_000, "some is sent");
        await server.StandsStill(() => engine.Ring1.Counters.Sends);
        Volatile.Write(ref reset, true);
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Dispose();
        await Pair.Until(() => received is not null, "the request has an end");
        await server.Connection.RunOnReactor(static () => { });
        engine.Held.LetGo();
        await server.Connection.RunOnReactor(static () => { });
        await server.Done.Task.WaitAsync(Pair.Patience);
        Assert.Equal((0, true), (received, cut is { Error: Errno.None, Result: > 0 }));
        Assert.Equal((false, TransportError.Reset), (server.Ended, server.Close.Error));
    }

    [Fact]
    public async Task A_timeout_that_a_receive_was_told_is_the_reason_for_a_send_that_does_not_wait()
    {
        await using var engine = new ImpatientEngine();
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.PairAsync(receiveBuffer: 4096);
        using var _ = client;
        var timedOut = false;
        engine.Held.Holds = completion =>
        {
            var isIt = UringData.KindOf(completion.Data) == UringKind.Receive && completion.Error == Errno.TimedOut;
            Volatile.Write(ref timedOut, timedOut || isIt);

            // The watch for a hang-up would cancel the receive before it is told.
            return isIt || UringData.KindOf(completion.Data) == UringKind.Poll;
        };
        server.Start();
        await server.Connection.RunOnReactor(static () => { });

        // Past the ring, so that no send is under way when the peer has no room for so long.
        server.SendPattern(60_000);
        await Pair.Until(() => Volatile.Read(ref timedOut), "the receive has the error");
        await server.Connection.RunOnReactor(() =>
        {
            server.Connection.HoldSends();
            server.SendPattern(1);
            server.Connection.RequestSendNow();
            server.Connection.ReleaseSends();
        });
        engine.Held.LetGo();
        await server.Connection.RunOnReactor(static () => { });
        await server.Done.Task.WaitAsync(Pair.Patience);
        Assert.Equal(TransportError.PeerTimeout, server.Close.Error);
    }

    private class HeldTcpEngine : UringTcpEngine
    {
        public HeldRing Held { get; } = new();

        public UringSet Ring1 => Sets.Single();

        protected override int Reactors => 1;

        private protected override IUringCalls Ring() => Held;
    }

    private sealed class ImpatientEngine : HeldTcpEngine
    {
        protected override SocketTransportOptions OfSockets => new() { UserTimeout = TimeSpan.FromSeconds(1) };
    }

    private sealed class SingleShotEngine : HeldTcpEngine
    {
        private protected override UringSettings Settings => TinySettings;
    }
}
