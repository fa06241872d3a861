using NetCore.PubSub.Internal;

namespace NetCore.PubSub.Tests;

/// <summary>Fields of blocks at the ends of what docs/wire-format.md allows, and one beyond.</summary>
public class BlockRuleTests
{
    private const int Long = 20_000;

    [Theory]
    [Trait("Wire", "W-95 R")]
    [InlineData(1, Long, 1, null)]
    [InlineData(1, Long + 1, 1, PubSubErrorCode.ProtocolViolation)]
    [InlineData(1, Long, 2, PubSubErrorCode.ProtocolViolation)]
    [InlineData(0, Long, 1, PubSubErrorCode.ProtocolViolation)]
    public void A_record_that_is_longer_than_a_frame_keeps_the_rules_of_the_others(
        byte keyBytes, int payload, uint count, PubSubErrorCode? reset)
    {
        using var rig = new TopicRig(options: new BrokerOptions { MaxMessageBytes = Long });
        AssertAnswer(rig, reset, RawTopics.Publish("t", Keyed(new byte[keyBytes], payload), count));
    }

    [Theory]
    [Trait("Wire", "W-95 R")]
    [InlineData(64, null)]
    [InlineData(65, PubSubErrorCode.ProtocolViolation)]
    public void A_key_does_not_count_as_payload(int payload, PubSubErrorCode? reset)
    {
        using var rig = new TopicRig(options: new BrokerOptions { MaxMessageBytes = 64 });
        AssertAnswer(rig, reset, RawTopics.Publish("t", Keyed([7], payload)));
    }

    [Theory]
    [Trait("Wire", "W-95 R")]
    [InlineData(0)]
    [InlineData(0x8000_0000)]
    [InlineData(uint.MaxValue)]
    public void A_count_that_no_block_can_have_ends_the_stream(uint count)
    {
        using var rig = new TopicRig();
        AssertAnswer(rig, PubSubErrorCode.ProtocolViolation, RawTopics.Publish("t", [], count));
    }

    [Fact]
    [Trait("Wire", "W-97 R")]
    public void A_long_message_does_not_come_before_attach_either()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig, attach: false);
        raw.Open(RawTopics.Publish("t", RawTopics.Record(new byte[Long])));
        Assert.Equal(PubSubErrorCode.ProtocolViolation, raw.Reset);
        raw.Close();
    }

    [Theory]
    [Trait("Wire", "W-98 R")]
    [InlineData(0, null)]
    [InlineData(PubSubLimits.MaxPublishTimeoutMilliseconds, null)]
    [InlineData(PubSubLimits.MaxPublishTimeoutMilliseconds + 1u, PubSubErrorCode.ProtocolViolation)]
    public void A_publish_waits_for_a_day_at_most(uint wait, PubSubErrorCode? reset)
    {
        using var rig = new TopicRig();
        AssertAnswer(rig, reset, RawTopics.Block(
            BlockKind.Publish,
            [.. RawTopics.Fields(0, wait), .. new byte[8], .. RawTopics.Fields(1)],
            "t",
            RawTopics.Record([1])));
    }

    [Theory]
    [Trait("Wire", "W-98 R")]
    [InlineData(1, 1, 1, 0, null)]
    [InlineData(PubSubLimits.MaxItems, PubSubLimits.MaxBytes, PubSubLimits.MaxWindowBytes, 1000, null)]
    [InlineData(PubSubLimits.MaxItems + 1, 1, 1, 0, PubSubErrorCode.ProtocolViolation)]
    [InlineData(1, PubSubLimits.MaxBytes + 1, 1, 0, PubSubErrorCode.ProtocolViolation)]
    [InlineData(1, 1, PubSubLimits.MaxWindowBytes + 1, 0, PubSubErrorCode.ProtocolViolation)]
    [InlineData(1, 1, 1, 1001, PubSubErrorCode.ProtocolViolation)]
    public void A_subscription_has_the_bounds_of_the_table(
        uint items, uint bytes, uint window, ushort positions, PubSubErrorCode? reset)
    {
        using var rig = new TopicRig();
        byte[] position = [1, (byte)'t', 0, 0, 0, 0, 0, 0, 0, 0];
        AssertAnswer(rig, reset, RawTopics.Block(
            BlockKind.Subscribe,
            [.. RawTopics.Fields(1, items, bytes, window), 0, 0, .. BitConverter.GetBytes(positions), .. new byte[8]],
            "t",
            [.. Enumerable.Repeat(position, positions).SelectMany(static one => one)]));
    }

    [Fact]
    [Trait("Wire", "W-103 R")]
    public void After_the_burst_there_are_500_requests_a_second()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig);
        var id = 0u;
        void Ask(int pairs)
        {
            for (; pairs > 0; pairs--)
            {
                raw.Send(RawTopics.Subscribe(++id, "t"), RawTopics.Unsubscribe(id));
            }
        }

        Ask(2000);
        rig.Test.Advance(TimeSpan.FromSeconds(1));
        Ask(250);
        Assert.Null(raw.End);
        Ask(1);
        Assert.Equal(PubSubErrorCode.TooMany, raw.Reset);
        raw.Close();
    }

    private static byte[] Keyed(byte[] key, int payload)
    {
        var length = 5 + 1 + key.Length + payload;
        return [.. BitConverter.GetBytes(length), 1, (byte)key.Length, .. key, .. new byte[payload]];
    }

    private static void AssertAnswer(TopicRig rig, PubSubErrorCode? reset, byte[] block)
    {
        var raw = new RawTopics(rig);
        raw.Send(block);
        Assert.Equal(reset, raw.End is null ? null : raw.Reset);
        raw.Close();
    }
}
