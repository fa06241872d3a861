using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The order of the requests that a turn gives to the kernel.</summary>
public sealed class UringOrderTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(50)]
    public void What_goes_last_is_behind_what_is_added_after_it_and_keeps_its_order(uint count)
    {
        using var ring = UringSet.RingOf(Ring.Open(
            new UringKernel(), new RingOptions { Entries = 8, CompletionEntries = 128, LeastEntries = 8 }));
        var queue = new UringQueue(ring);
        for (var i = 0u; i < count; i++)
        {
            queue.AddLast(Nothing(count + i));
            queue.Add(Nothing(i));
        }

        queue.Fill();
        while (ring.Pending > 0 || queue.HasLate)
        {
            ring.Poll();
            queue.Fill();
        }

        var order = new List<ulong>();
        while (ring.TryTake(out var completion))
        {
            order.Add(completion.Data);
        }

        Assert.Equal(Enumerable.Range(0, (int)count * 2).Select(static i => (ulong)i), order);

        // They went once.
        queue.Fill();
        Assert.Equal(0u, ring.Pending);
    }

    [Fact]
    public async Task Receives_follow_the_sends_of_their_turn_and_are_tried_at_once()
    {
        const int connections = 8;
        await using var engine = new RecordingEngine();
        await using var raw = RawPeer.Listen(engine);
        var pairs = new List<(System.Net.Sockets.Socket Client, Peer Server)>();
        for (var i = 0; i < connections; i++)
        {
            var pair = await raw.PairAsync();
            pair.Server.OnData = static (peer, data) =>
            {
                peer.Send([1]);
                return data.Length;
            };
            pairs.Add(pair);
            pair.Server.Start();
            pair.Client.Send([1]);
            Assert.Equal(1, pair.Client.Receive(new byte[1]));
        }

        // All have something to answer when the reactor looks next.
        using var go = new ManualResetEventSlim();
        pairs[0].Server.Connection.Executor.Post(new Reactors.Item(() => go.Wait(Pair.Patience)));
        pairs.ForEach(static pair => pair.Client.Send([1]));
        go.Set();
        foreach (var (client, _) in pairs)
        {
            Assert.Equal(1, client.Receive(new byte[1]));
            client.Dispose();
        }

        var enters = engine.Recording.Enters;
        Assert.Contains(enters, static enter => enter.Count(IsSend) == connections);
        Assert.All(enters, static enter => Assert.DoesNotContain(enter.SkipWhile(IsNoReceive), IsSend));
        Assert.All(
            enters.SelectMany(static enter => enter).Where(static entry => !IsNoReceive(entry)),
            static entry => Assert.Equal(TransferFlags.None, entry.Transfer));
    }

    [Fact]
    public async Task A_close_in_the_turn_in_which_a_receive_begins_ends_it()
    {
        await using var engine = new RecordingEngine();
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.PairAsync();
        using var _ = client;
        var reactor = server.Connection.Executor;

        // What is posted meanwhile runs without an enter between: the receive begins, and then the close comes.
        reactor.Post(new Reactors.Item(() =>
        {
            server.Start();
            reactor.Post(new Reactors.Item(() => server.Connection.Abort()));
        }));

        // The other end stays open and sends nothing: only the cancel ends the receive.
        await server.Done.Task.WaitAsync(Pair.Patience);
        await server.Connection.DisposeAsync().AsTask().WaitAsync(Pair.Patience);

        // In front of the receive it would find nothing, and be asked for again.
        var enter = Assert.Single(engine.Recording.Enters, static enter => enter.Any(IsCancel)).ToList();
        Assert.Single(enter, IsCancel);
        Assert.InRange(enter.FindIndex(static entry => !IsNoReceive(entry)), 0, enter.FindIndex(IsCancel));
    }

    private static SubmissionEntry Nothing(ulong data)
    {
        var entry = default(SubmissionEntry);
        entry.Nothing(data);
        return entry;
    }

    private static bool IsSend(SubmissionEntry entry) => entry.Operation == Operation.Send;

    private static bool IsCancel(SubmissionEntry entry) => entry.Operation == Operation.Cancel;

    private static bool IsNoReceive(SubmissionEntry entry) => entry.Operation != Operation.Receive;

    private sealed class RecordingEngine : UringTcpEngine
    {
        // Each receive is a request.
        private protected override UringSettings Settings => new();

        public RecordingRing Recording { get; } = new();

        protected override int Reactors => 1;

        private protected override IUringCalls Ring() => Recording;
    }
}
