using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>What the counters of a transport call a system call is one, and each one is counted.</summary>
public sealed class CounterTests
{
    private const int RoundTrips = 100;

    // More than a receive buffer of a ring and less than a block: a part of it is received past the ring.
    private const int Bytes = 20_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_enter_of_the_kernel_is_counted_once_and_nothing_else(bool onRing)
    {
        await using var engine = onRing ? (ICounted)new CountedRing() : new CountedEpoll();
        await using var pair = await Pair.StartAsync((Engine)engine);
        Bounce(pair);

        // The first send is one of this thread and not of the reactor.
        pair.Client.SendPattern(Bytes);
        await Pair.Until(() => pair.Client.Received == RoundTrips * Bytes, $"{pair.Client.Received} bytes came");

        // A reactor on its way to its sleep counts a call a moment before or after it makes it.
        await Pair.Until(
            () => engine.Counters is var made && made.SystemCalls == engine.Entered + made.Wakes
                && made.Requests == engine.Submitted,
            "each is counted, and no more");
        var counters = engine.Counters;
        Assert.Equal(onRing, counters.Requests > 0);
        Assert.Equal(
            onRing,
            counters.SystemCalls < counters.Receives + counters.EmptyReceives + counters.Sends + counters.Waits
                + counters.Looks + counters.Wakes);
    }

    // Both send back what comes, until the client has it as often as it should.
    private static void Bounce(Pair pair)
    {
        pair.Server.OnData = static (peer, data) => Return(peer, data, data.Length);
        pair.Client.OnData = static (peer, data) =>
            Return(peer, data, Math.Clamp(((RoundTrips - 1) * Bytes) - peer.Received, 0, data.Length));
    }

    private static int Return(Peer peer, ReceivedData data, long bytes)
    {
        if (bytes > 0)
        {
            peer.SendPattern(bytes);
        }

        return peer.Check(data);
    }

    private interface ICounted : IAsyncDisposable
    {
        TransportCounters Counters { get; }

        long Entered { get; }

        long Submitted { get; }
    }

    private sealed class CountedEpoll : EpollTcpEngine, ICounted
    {
        private readonly CountedCalls _calls = new();

        public TransportCounters Counters => ((EpollTransport)Transport).Counters;

        public long Entered => _calls.Count;

        public long Submitted => 0;

        protected override int Reactors => 1;

        private protected override ISystemCalls Calls() => _calls;
    }

    private sealed class CountedRing : UringTcpEngine, ICounted
    {
        private readonly CountedCalls _calls = new();
        private readonly CountingRing _ring = new();

        public TransportCounters Counters => ((UringTransport)Transport).Counters;

        public long Entered => _calls.Count + _ring.Enters;

        public long Submitted => _ring.Submitted;

        protected override int Reactors => 1;

        private protected override ISystemCalls Calls() => _calls;

        private protected override IUringCalls Ring() => _ring;
    }
}
