using NetCore.PubSub.Internal;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.PubSub.Tests;

/// <summary>What another thread may do between two steps of the broker, done there.</summary>
public class PeerRaceTests
{
    [Fact]
    public void A_client_for_whose_answer_there_was_no_memory_is_answered_later()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig);
        raw.Send(RawTopics.Subscribe(1, "t"));
        raw.Messages.Clear();
        var peer = PeerOf(rig, "t");
        var budget = rig.Test.World.Budget;
        var taken = budget.Limit - budget.Used;
        Assert.True(budget.TryReserve(taken));

        // As if it had only come now: so nobody else needs memory.
        peer.Output.Attach(1000);
        var flush = new FlushList();
        flush.Add(peer);
        flush.Run();
        budget.Release(taken);
        rig.Test.Settle();
        Assert.Empty(raw.Messages);
        rig.Advance(2 * PubSubLimits.NoMemoryRetryMilliseconds);
        Assert.Equal(BlockKind.Attached, (BlockKind)Assert.Single(raw.Messages)[0]);
        raw.Close();
    }

    [Fact]
    public void An_attach_that_comes_when_its_peer_has_just_ended_keeps_no_memory()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig);
        raw.Send(RawTopics.Subscribe(1, "t"));
        var peer = PeerOf(rig, "t");
        peer.Fail(PubSubErrorCode.Stopping, "As if the broker stopped.");
        peer.Output.Attach(1000);
        rig.Test.Settle();
        raw.Close();
    }

    [Fact]
    public void Nothing_is_delivered_before_the_answer_to_the_subscribe()
    {
        using var rig = new TopicRig(options: TopicRig.With(new TopicRule("t.*") { KeepsLastValues = true }));
        var raw = new RawTopics(rig);
        raw.Send(RawTopics.Subscribe(1, "x"));
        rig.Publish(rig.Connect(), "t.a", 1);
        raw.Messages.Clear();
        var peer = PeerOf(rig, "x");
        var subscription = Subscription(peer, RawTopics.Subscribe(2, "t.*"));
        var flush = new FlushList();
        Assert.Equal(PubSubErrorCode.None, rig.Broker.Core.Add(subscription, 0, null, flush));
        flush.Run();
        rig.Publish(rig.Connect(), "t.a", 2);
        Assert.Empty(raw.Messages);

        peer.Output.Start(subscription);
        flush.Add(peer);
        flush.Run();
        rig.Test.Settle();
        Assert.Equal(
            [BlockKind.Subscribed, BlockKind.Deliver, BlockKind.Deliver],
            raw.Messages.SelectMany(RawTopics.Split).Select(static block => (BlockKind)block[0]));
        raw.Close();
    }

    [Fact]
    public void Who_waits_for_a_subscription_that_is_refused_after_all_goes_on()
    {
        using var rig = new TopicRig(options: TopicRig.With(new TopicRule("t") { AllowBlocking = true }));
        var raw = new RawTopics(rig);
        raw.Send(RawTopics.Subscribe(1, "x"));
        var peer = PeerOf(rig, "x");
        var block = RawTopics.Subscribe(2, "t", items: 1);
        block[24] = (byte)OverflowRule.Block;
        var subscription = Subscription(peer, block);
        var flush = new FlushList();
        Assert.Equal(PubSubErrorCode.None, rig.Broker.Core.Add(subscription, 0, null, flush));
        var publisher = rig.Connect().CreatePublisher(
            "t", new PublisherOptions { Acknowledgement = PublishAcknowledgement.Accepted });
        var tasks = Enumerable.Range(1, 3).Select(i => publisher.PublishAsync(TopicRig.Bytes(i)).AsTask()).ToList();
        rig.Test.Settle();
        Assert.False(tasks[2].IsCompleted);

        peer.Output.Forget(subscription, flush);
        flush.Run();
        rig.Test.Settle();
        Assert.All(tasks, static task => Assert.True(task.IsCompletedSuccessfully));
        rig.Broker.Core.Remove(subscription, flush);
        flush.Run();
        raw.Close();
    }

    [Fact]
    public void Who_comes_to_a_broker_that_is_stopping_is_not_kept()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig, attach: false);
        var peers = new PeerRegistry();
        var early = new BrokerPeer(rig.Broker.Core, peers, raw.Session);
        Assert.True(peers.TryAdd(early));
        peers.Remove(early);
        peers.Stop();
        Assert.False(peers.TryAdd(early));
        var handler = new BrokerHandler(rig.Broker.Core, peers);
        Assert.Null(handler.OnOpening(raw.Session, Framing.UpperProtocol.PubSub));
        Assert.Equal(0, peers.Count);
        raw.Close();
    }

    [Fact]
    public void A_broker_that_is_disposed_while_it_is_about_to_listen_keeps_no_listener()
    {
        using var rig = new TopicRig();
        var address = TransportAddress.InProcess("late");
        var slow = new SlowTransport(rig.Transport);
        var broker = new Broker(new BrokerOptions { World = rig.Test.World, Transport = slow });
        var listening = broker.ListenAsync(address).AsTask();
        rig.Finish(broker.DisposeAsync());
        slow.Go.SetResult();
        rig.Test.Settle();
        Assert.IsType<ObjectDisposedException>(listening.Exception?.InnerException);

        // The address is free again.
        var other = rig.Get(rig.Transport.ListenAsync(address, static _ => { }));
        rig.Finish(other.DisposeAsync());
    }

    [Fact]
    public void A_client_that_is_accepted_while_a_broker_about_to_listen_is_disposed_is_not_kept()
    {
        using var rig = new TopicRig();
        var address = TransportAddress.InProcess("early");
        var early = new EarlyTransport(rig.Transport);
        var broker = new Broker(new BrokerOptions { World = rig.Test.World, Transport = early });
        var listening = broker.ListenAsync(address).AsTask();
        var disposing = Task.CompletedTask;
        early.OnUse = () => disposing = broker.DisposeAsync().AsTask();
        var client = rig.Get(rig.Transport.ConnectAsync(address));
        var session = new PeerSession(rig.Test.World, client, SessionRole.Connector, new NoHandler());
        session.Start();
        rig.Test.Settle();

        // It was let in before the broker was disposed, and is among the sessions only now.
        Assert.True(disposing.IsCompletedSuccessfully);
        Assert.False(session.Closed.IsCompleted);
        early.Go.SetResult();
        Assert.Throws<ObjectDisposedException>(() => rig.Finish(listening));
        rig.Finish(session.Closed);
        rig.Finish(client.DisposeAsync());
    }

    private static BrokerPeer PeerOf(TopicRig rig, string topic)
    {
        rig.Broker.Core.Match(System.Text.Encoding.UTF8.GetBytes(topic), out var subscriptions, out _);
        return Assert.Single(subscriptions).Peer;
    }

    // As the broker makes it when it has read the request.
    private static BrokerSubscription Subscription(BrokerPeer peer, byte[] block)
    {
        Assert.True(BlockHead.TryRead(block, block.Length, out var head));
        Assert.True(SubscribeBlock.TryRead(block, in head, out var request));
        var pattern = new TopicPattern(System.Text.Encoding.UTF8.GetString(request.Pattern));
        var subscription = new BrokerSubscription(peer, in request, pattern, null);
        Assert.True(peer.Output.TryAdd(request.Id, subscription, out _));
        return subscription;
    }

    /// <summary>Listens when the test says so.</summary>
    private sealed class SlowTransport(ITransport inner) : ITransport
    {
        public TaskCompletionSource Go { get; } = new();

        public string Backend => inner.Backend;

        public async ValueTask<Listener> ListenAsync(
            TransportAddress address,
            Action<Connection> onAccepted,
            ListenOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            await Go.Task;
            return await inner.ListenAsync(address, onAccepted, options, cancellationToken);
        }

        public ValueTask<Connection> ConnectAsync(
            TransportAddress address,
            ConnectOptions? options = null,
            CancellationToken cancellationToken = default) =>
            inner.ConnectAsync(address, options, cancellationToken);
    }

    private sealed class NoHandler : ISessionHandler
    {
        public SessionStream? OnOpening(PeerSession session, Framing.UpperProtocol protocol) => null;

        public void OnBatchEnd(PeerSession session)
        {
        }

        public void OnClosed(PeerSession session, in SessionClose close)
        {
        }
    }
}
