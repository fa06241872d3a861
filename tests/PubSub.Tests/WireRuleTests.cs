using NetCore.Framing;
using NetCore.PubSub.Internal;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.PubSub.Tests;

/// <summary>What this side sends, looked at by hand.</summary>
public class WireRuleTests
{
    [Fact]
    [Trait("Wire", "W-90 S")]
    public void A_client_attaches_first_and_waits_for_the_answer()
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect();
        Assert.False(connecting.IsCompleted);
        Assert.Equal(RawTopics.Attach(), Assert.Single(fake.Messages));
        fake.Answer(FakeBroker.Attached);
        Assert.True(connecting.IsCompletedSuccessfully);
    }

    [Fact]
    [Trait("Wire", "W-91 S")]
    public void A_broker_sends_the_bytes_that_the_publisher_wrote()
    {
        using var rig = new TopicRig();
        var raw = new RawTopics(rig);
        raw.Send(RawTopics.Subscribe(1, "t", bytes: 1_000_000, window: 1_000_000));
        raw.Messages.Clear();
        byte[] record = [11, 0, 0, 0, 1, 1, (byte)'k', 1, 2, 3, 4];
        raw.Send(RawTopics.Publish("t", [.. record, .. record], count: 2));
        Assert.Equal([.. record, .. record], Assert.Single(raw.Messages)[^22..]);
        raw.Messages.Clear();
        var large = RawTopics.Record([.. Enumerable.Range(0, 5000).Select(static i => (byte)i)]);
        raw.Send(RawTopics.Publish("t", large));
        Assert.Equal(large, raw.Messages[1]);
        Assert.Equal(BlockHead.RecordsFollow, raw.Messages[0][1]);
        raw.Close();
    }

    [Fact]
    [Trait("Wire", "W-92 S")]
    public void A_client_stops_when_its_publish_window_is_used_up()
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect();
        fake.Answer(FakeBroker.Attached);
        var publisher = connecting.Result.CreatePublisher("t");
        for (var i = 0; i < 5000 && publisher.TryPublish(new byte[1000]); i++)
        {
            fake.Settle();
        }

        var sent = fake.Messages.Skip(1).Sum(static m => m.Length + PubSubLimits.MessageCharge);
        Assert.InRange(sent, PubSubLimits.PublishWindowBytes, PubSubLimits.PublishWindowBytes + 20_000);
        fake.Answer(RawTopics.Block(BlockKind.Taken, RawTopics.Fields(PubSubLimits.PublishWindowBytes)));
        Assert.True(publisher.TryPublish(new byte[1000]));
    }

    [Fact]
    [Trait("Wire", "W-93 S")]
    public void Each_number_is_delivered_once_or_in_one_gap()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var pulled = rig.Pull(client, "t", new SubscriptionOptions { MaxItems = 7, WindowBytes = 1 });
        for (var round = 0; round < 20; round++)
        {
            rig.Publish(client, "t", Enumerable.Range(0, round));
            pulled.TryTake();
        }

        pulled.TakeAll();
        var numbers = pulled.All.SelectMany(static s => s.Gap is { } gap
            ? Enumerable.Range((int)gap.First, (int)gap.Count!)
            : [(int)s.Sequence]);
        Assert.Equal(Enumerable.Range(1, 190), numbers);
    }

    [Theory]
    [Trait("Wire", "W-105 R")]
    [InlineData("1100000008000000")]
    [InlineData("0500000010000000")]
    [InlineData("17000000200000000100000001000000010000000000000000000000000000000000")]
    [InlineData("180000002800000001000000010000000100000000000000010000000000000000000000000000FF")]
    [InlineData("FF")]
    public void A_broker_that_breaks_the_protocol_ends_the_topics_of_its_client(string hex)
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect();
        fake.Answer(FakeBroker.Attached);
        var client = connecting.Result;
        fake.Answer(Convert.FromHexString(hex));
        Assert.Equal(PubSubErrorCode.ProtocolViolation, client.Closed.Result.Code);
        Assert.Throws<PubSubException>(() => client.CreatePublisher("t").TryPublish([]));
    }
}
