using NetCore.PubSub.Internal;
using NetCore.Testing.Shared;
using Record = NetCore.PubSub.Internal.Record;

namespace NetCore.PubSub.Tests;

/// <summary>
/// Peers that break the protocol: each ends its own stream, and a good client beside it notices nothing.
/// </summary>
public class HostileTests
{
    [Theory]
    [Trait("Wire", "W-94 R")]
    [InlineData("00")]
    [InlineData("0600000008000000")]
    [InlineData("0280000008000000")]
    [InlineData("0500000010000000")]
    [InlineData("050001001000000001000000010000")]
    [InlineData("1700000020000000")]
    [InlineData("05000000FFFFFFFF0100000001000000")]
    public void A_malformed_block_ends_the_stream(string hex) =>
        AssertReset(PubSubErrorCode.ProtocolViolation, Convert.FromHexString(hex));

    [Fact]
    [Trait("Wire", "W-95 R")]
    public void Records_of_the_vectors_get_their_answer()
    {
        foreach (var vector in VectorFile.Read("topics.json"))
        {
            var records = Convert.FromHexString((string)vector!["records"]!);
            var valid = Record.AreValid(records, (int)vector["count"]!, 64);
            Assert.True(valid == (bool)vector["valid"]!, (string?)vector["name"]);
            if (valid)
            {
                AssertServed(RawTopics.Publish("t", records, (uint)(int)vector["count"]!));
            }
            else
            {
                AssertReset(
                    PubSubErrorCode.ProtocolViolation,
                    RawTopics.Publish("t", records, (uint)(int)vector["count"]!));
            }
        }
    }

    [Fact]
    [Trait("Wire", "W-95 R")]
    public void A_payload_that_is_longer_than_allowed_ends_the_stream() => AssertReset(
        PubSubErrorCode.ProtocolViolation, RawTopics.Publish("t", RawTopics.Record(new byte[65])));

    [Fact]
    [Trait("Wire", "W-96 R")]
    public void A_flood_beyond_the_window_ends_the_stream_and_memory_stays_bounded()
    {
        using var rig = new TopicRig(options: TopicRig.With(new TopicRule("t") { AllowBlocking = true }));
        rig.Pull(rig.Connect(), "t", new SubscriptionOptions
        {
            Overflow = OverflowRule.Block, MaxItems = 1, WindowBytes = 1,
        });
        var raw = new RawTopics(rig);
        for (var i = 0; i < 200 && raw.End is null; i++)
        {
            raw.Send(RawTopics.Publish("t", RawTopics.Record(new byte[10_000])));
            Assert.InRange(rig.Test.World.Budget.Used, 0, 4 * PubSubLimits.PublishWindowBytes);
        }

        Assert.Equal(PubSubErrorCode.FlowControl, raw.Reset);
        raw.Close();
    }

    [Fact]
    [Trait("Wire", "W-97 R")]
    public void Attach_comes_first_and_once()
    {
        AssertReset(PubSubErrorCode.ProtocolViolation, RawTopics.Attach());
        using var rig = new TopicRig();
        var raw = new RawTopics(rig, attach: false);
        raw.Open(RawTopics.Subscribe(1, "t"));
        Assert.Equal(PubSubErrorCode.ProtocolViolation, raw.Reset);
        raw.Close();
    }

    [Fact]
    [Trait("Wire", "W-98 R")]
    public void A_number_that_is_in_use_and_bounds_out_of_range_end_the_stream()
    {
        AssertReset(PubSubErrorCode.ProtocolViolation, RawTopics.Subscribe(1, "t"), RawTopics.Subscribe(1, "u"));
        AssertReset(PubSubErrorCode.ProtocolViolation, RawTopics.Subscribe(0, "t"));
        AssertReset(PubSubErrorCode.ProtocolViolation, RawTopics.Subscribe(1, "t", items: 0));
        AssertReset(PubSubErrorCode.ProtocolViolation, RawTopics.Subscribe(1, "t", bytes: uint.MaxValue));
        AssertReset(PubSubErrorCode.ProtocolViolation, RawTopics.Subscribe(1, "t", window: 0));
    }

    [Theory]
    [Trait("Wire", "W-98 R")]
    [InlineData(0, 1000)]
    [InlineData(2, 1000)]
    [InlineData(1, 0)]
    [InlineData(1, PubSubLimits.MaxWindowBytes + 1)]
    public void An_attach_of_another_version_or_window_ends_the_stream(uint version, uint window)
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig, attach: false);
        raw.Open(RawTopics.Block(BlockKind.Attach, RawTopics.Fields(version, window)));
        Assert.Equal(PubSubErrorCode.ProtocolViolation, raw.Reset);
        raw.Close();
    }

    [Theory]
    [Trait("Wire", "W-99 R")]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a.*")]
    [InlineData("a b")]
    public void A_malformed_topic_is_refused_and_the_stream_goes_on(string topic)
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig);
        raw.Send(RawTopics.Publish(topic, RawTopics.Record([1]), number: 7));
        var refused = Assert.Single(raw.Messages.SelectMany(RawTopics.Split));
        Assert.Equal((byte)BlockKind.Refused, refused[0]);
        Assert.Equal(RawTopics.Fields(7, (uint)PubSubErrorCode.InvalidTopic, 0, 1), refused[8..]);
        Assert.Null(raw.End);
        raw.Close();
    }

    [Theory]
    [Trait("Wire", "W-100 R")]
    [InlineData("a..b", "")]
    [InlineData(">.a", "")]
    [InlineData("*.*.*.*.*", "")]
    [InlineData("a", "b.c")]
    [InlineData("a", "*")]
    public void A_malformed_pattern_or_group_is_refused(string pattern, string group)
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig);
        raw.Send(RawTopics.Subscribe(5, pattern, group));
        Assert.Equal([(5u, PubSubErrorCode.InvalidTopic)], raw.EndedBlocks());
        Assert.Null(raw.End);
        raw.Close();
    }

    [Fact]
    [Trait("Wire", "W-101 R")]
    public void A_connection_has_1000_subscriptions_at_most()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig);
        for (var id = 1u; id <= 1001; id++)
        {
            raw.SendUnsettled(RawTopics.Subscribe(id, $"t.{id}"));
        }

        rig.Test.Settle();
        Assert.Equal([(1001u, PubSubErrorCode.TooMany)], raw.EndedBlocks());
        Assert.Equal(1000, rig.Broker.Subscriptions);
        raw.Close();
    }

    [Fact]
    [Trait("Wire", "W-102 R")]
    public void A_grant_of_more_than_was_taken_ends_the_stream()
    {
        AssertReset(PubSubErrorCode.FlowControl, RawTopics.Grant(0, PubSubLimits.DeliveryWindowBytes));
        AssertReset(PubSubErrorCode.FlowControl, RawTopics.Grant(0, 0));
        AssertReset(PubSubErrorCode.FlowControl, RawTopics.Subscribe(1, "t"), RawTopics.Grant(1, 2));
        AssertServed(RawTopics.Grant(99, 100));
    }

    [Fact]
    [Trait("Wire", "W-103 R")]
    public void Subscribing_and_unsubscribing_without_end_ends_the_stream()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig);
        var rounds = 0u;
        for (; rounds < 3000 && raw.End is null; rounds++)
        {
            raw.Send(RawTopics.Subscribe(rounds + 1, "t"), RawTopics.Unsubscribe(rounds + 1));
        }

        Assert.Equal(PubSubErrorCode.TooMany, raw.Reset);
        Assert.InRange(rounds, 1900u, 2100u);
        raw.Close();
    }

    [Fact]
    [Trait("Wire", "W-104 R")]
    public void A_connection_has_one_stream_of_topics()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        Assert.Equal(PubSubErrorCode.NotServed, rig.Error(TopicClient.OverAsync(client.Session).AsTask()));
        rig.Publish(client, "t", 1);
    }

    [Fact]
    public void Patterns_that_a_topic_fits_in_every_way_cost_bounded_steps_and_harm_nobody()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig);
        var topic = string.Join('.', Enumerable.Repeat("a", PubSubLimits.MaxLevels));
        var id = 0u;
        for (var bits = 0; bits < 1 << PubSubLimits.MaxLevels && id < 1000; bits++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)bits) == PubSubLimits.MaxWildcards)
            {
                raw.SendUnsettled(RawTopics.Subscribe(++id, string.Join(
                    '.', Enumerable.Range(0, PubSubLimits.MaxLevels).Select(i => (bits >> i & 1) == 0 ? "a" : "*"))));
            }
        }

        rig.Test.Settle();
        Assert.Equal(1000, rig.Broker.Subscriptions);
        var good = rig.Connect();
        var seen = rig.Collect(good, topic);
        rig.Publish(good, topic, 1, 2);
        Assert.InRange(rig.Broker.Core.MatchSteps, 1000, PubSubLimits.MaxMatchSteps);
        Assert.Equal([1, 2], seen.Numbers);
        Assert.Null(raw.End);
        raw.Close();
    }

    [Fact]
    public void Data_after_the_end_ends_the_session_and_leaves_nothing_behind()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig);
        raw.Send(RawTopics.Subscribe(1, "t"));
        raw.Session.Send(raw, raw.Session.RentMessage(), end: true);
        rig.Test.Settle();
        Assert.Equal(Session.StreamEndKind.Completed, raw.End?.Kind);
        Assert.Equal(0, rig.Broker.Subscriptions);
        Assert.False(raw.Session.Send(raw, raw.Session.RentMessage(), end: false));
        raw.Close();
    }

    [Fact]
    public void Who_never_returns_the_delivery_window_gets_no_more_than_it_and_others_get_everything()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig, window: 20_000);
        raw.Send(RawTopics.Subscribe(1, "t", items: 100, bytes: 100_000, window: 1024 * 1024));
        var good = rig.Collect(rig.Connect(), "t");
        var publisher = rig.Connect().CreatePublisher("t");
        for (var i = 0; i < 1000; i++)
        {
            rig.Finish(publisher.PublishAsync(new byte[1000]));
            rig.Test.Settle();
            Assert.InRange(rig.Test.World.Budget.Used, 0, 2 * 1024 * 1024);
        }

        Assert.Equal(1000, good.Subscription.Delivered);
        Assert.InRange(raw.Messages.Sum(static m => m.Length + PubSubLimits.MessageCharge), 1, 40_000);
        raw.Close();
    }

    [Fact]
    public void Replies_do_not_pile_up_for_who_does_not_take_them()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig, window: 1);
        for (var i = 0u; i < 9000 && raw.End is null; i++)
        {
            raw.Send(RawTopics.Publish("t..", RawTopics.Record([1]), number: i + 1));
        }

        Assert.Equal(PubSubErrorCode.TooMany, raw.Reset);
        raw.Close();
    }

    internal static void AssertReset(PubSubErrorCode code, params byte[][] blocks)
    {
        using var rig = new TopicRig(options: new BrokerOptions { MaxMessageBytes = 64 });
        var good = rig.Connect();
        var seen = rig.Collect(good, ">");
        var raw = new RawTopics(rig);
        raw.Send(blocks);
        Assert.Equal(code, raw.Reset);
        rig.Publish(good, "x", 1);
        Assert.Equal([1], seen.Numbers);
        Assert.Equal(1, rig.Broker.Subscriptions);
        raw.Close();
    }

    internal static void AssertServed(params byte[][] blocks)
    {
        using var rig = new TopicRig(options: new BrokerOptions { MaxMessageBytes = 64 });
        var raw = new RawTopics(rig);
        raw.Send(blocks);
        Assert.Null(raw.End);
        raw.Close();
    }
}
