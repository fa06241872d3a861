using NetCore.Core;
using NetCore.Testing.Shared;

namespace NetCore.PubSub.Tests;

/// <summary>Real processes that are killed while messages flow: the counts add up within each epoch.</summary>
[Collection(nameof(Alone))]
public class KillTests
{
    [Fact]
    public async Task A_publisher_that_is_killed_leaves_a_prefix_and_a_subscriber_that_is_killed_disturbs_nobody()
    {
        using var world = new World(new WorldOptions { TrackBlocks = true });
        using var broker = Start("broker");
        await using var client = await ConnectAsync(world, broker.Port);
        var ledger = new Ledger();
        await using var seen = await client.SubscribeAsync("t", ledger.Handle);
        for (var round = 0; round < 3; round++)
        {
            using var dying = Start("subscriber", $"{broker.Port}", "t");
            using var publisher = Start("publisher", $"{broker.Port}", "t");
            var until = seen.Delivered + seen.Lost + (1000 << round);
            await RealTopics.Until(() => seen.Delivered + seen.Lost > until, "messages flow");
            dying.Kill();
            var further = seen.Delivered + seen.Lost + 1000;
            await RealTopics.Until(() => seen.Delivered + seen.Lost > further, "they flow on");
            publisher.Kill();
        }

        ledger.AssertAddsUp();
        Assert.Equal(0, seen.UnknownGaps);
    }

    [Fact]
    public async Task A_broker_that_is_killed_is_one_gap_of_unknown_size_and_the_counts_add_up_in_each_epoch()
    {
        using var world = new World(new WorldOptions { TrackBlocks = true });
        TopicPositions? positions = null;
        var epochs = new HashSet<ulong>();
        for (var life = 0; life < 3; life++)
        {
            using var broker = Start("broker");
            await using var client = await ConnectAsync(world, broker.Port);
            Assert.True(epochs.Add(client.Epoch));
            var ledger = new Ledger();
            var seen = await client.SubscribeAsync(
                "t", ledger.Handle, new SubscriptionOptions { ResumeFrom = positions });
            using var publisher = Start("publisher", $"{broker.Port}", "t");
            await RealTopics.Until(() => seen.Delivered > 1000 << life, "messages flow");
            broker.Kill();
            Assert.Equal(PubSubErrorCode.Unavailable, (await client.Closed).Code);
            Assert.Equal(PubSubErrorCode.Unavailable, (await seen.Closed)!.Code);
            positions = seen.Positions;
            ledger.AssertAddsUp();
            Assert.Equal(life == 0 ? 0 : 1, seen.UnknownGaps);
            Assert.Equal(life == 0 ? 0 : 1, ledger.UnknownFirst);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task Whoever_is_killed_at_a_random_point_the_counts_add_up_and_every_epoch_is_seen(ulong seed) =>
        KillAtRandomAsync(seed, lives: 3);

    [Theory]
    [Nightly]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public Task The_same_for_longer(ulong seed) => KillAtRandomAsync(seed, lives: 10);

    private static async Task KillAtRandomAsync(ulong seed, int lives)
    {
        using var world = new World(new WorldOptions { TrackBlocks = true });
        var random = new SeededRandomSource(seed);
        TopicPositions? positions = null;
        var epochs = new HashSet<ulong>();
        for (var life = 0; life < lives; life++)
        {
            using var broker = Start("broker");
            await using var client = await ConnectAsync(world, broker.Port);
            Assert.True(epochs.Add(client.Epoch));
            var ledger = new Ledger();
            var options = new SubscriptionOptions { ResumeFrom = positions };
            var seen = await client.SubscribeAsync("t", ledger.Handle, options);
            async Task FlowAsync()
            {
                var until = seen.Delivered + seen.Lost + 1 + random.Next(5000);
                await RealTopics.Until(() => seen.Delivered + seen.Lost >= until, "messages flow");
            }

            for (var victims = random.Next(4); victims > 0; victims--)
            {
                using var subscriber = Start("subscriber", $"{broker.Port}", "t");
                using var publisher = Start("publisher", $"{broker.Port}", "t");
                var first = random.Next(2) == 0 ? subscriber : publisher;
                await FlowAsync();
                first.Kill();

                // Whatever of the publisher is under way still comes, or does not.
                await (first == subscriber ? FlowAsync() : Task.CompletedTask);
                (first == subscriber ? publisher : subscriber).Kill();
            }

            using var last = Start("publisher", $"{broker.Port}", "t");
            await FlowAsync();
            broker.Kill();
            Assert.Equal(PubSubErrorCode.Unavailable, (await client.Closed).Code);
            Assert.Equal(PubSubErrorCode.Unavailable, (await seen.Closed)!.Code);
            positions = seen.Positions;
            ledger.AssertAddsUp();
            Assert.Equal(life == 0 ? 0 : 1, seen.UnknownGaps);
            Assert.Equal(life == 0 ? 0 : 1, ledger.UnknownFirst);
        }
    }

    private static PeerProcess Start(params string[] arguments) =>
        PeerProcess.Start("NetCore.PubSub.Peer", arguments);

    private static async Task<TopicClient> ConnectAsync(World world, int port) =>
        await TopicClient.ConnectAsync($"tcp://127.0.0.1:{port}", new TopicClientOptions { World = world });

    /// <summary>Adds up the numbers of one topic in one epoch.</summary>
    private sealed class Ledger
    {
        private ulong _next = 1;
        private int _wrong;

        public int UnknownFirst { get; private set; }

        public void Handle(in MessageView message)
        {
            if (message.Gap is { Count: null })
            {
                UnknownFirst += _next > 1 ? 100 : 1;
                return;
            }

            var first = message.Gap?.First ?? message.Sequence;
            _wrong += first == _next ? 0 : 1;
            _next = first + (ulong)(message.Gap?.Count ?? 1);
        }

        public void AssertAddsUp() => Assert.Equal(0, _wrong);
    }
}
