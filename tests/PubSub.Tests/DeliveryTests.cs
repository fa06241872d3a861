using System.Text;

namespace NetCore.PubSub.Tests;

public class DeliveryTests
{
    [Fact]
    public void A_subscriber_gets_what_is_published_in_order_with_numbers_from_one_on()
    {
        using var rig = new TopicRig();
        var subscriber = rig.Connect();
        var seen = rig.Collect(subscriber, "a.b");
        var publisher = rig.Connect();
        rig.Publish(publisher, "a.b", Enumerable.Range(1, 1000));
        Assert.Equal(Enumerable.Range(1, 1000), seen.Numbers);
        Assert.Equal(Enumerable.Range(1, 1000).Select(static i => (ulong)i), seen.All.Select(static s => s.Sequence));
        Assert.Equal(1000, seen.Subscription.Delivered);
        Assert.Equal(0, seen.Subscription.Lost);
        Assert.NotEqual(0ul, publisher.Epoch);
        Assert.Equal(rig.Broker.Epoch, subscriber.Epoch);
    }

    [Fact]
    public void An_enumeration_gets_the_same_and_waits_where_there_is_nothing()
    {
        using var rig = new TopicRig();
        var pulled = rig.Pull(rig.Connect(), "a.*");
        Assert.False(pulled.TryTake());
        rig.Publish(rig.Connect(), "a.b", 1, 2, 3);
        pulled.TakeAll();
        Assert.Equal([1, 2, 3], pulled.Numbers);
        rig.Finish(pulled.Subscription.DisposeAsync());
        pulled.TakeAll();
        Assert.True(pulled.IsOver);
        Assert.Null(pulled.Error);
    }

    [Fact]
    public void Wildcards_decide_who_gets_what()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var patterns = new[] { "a.b", "a.*", "*.b", "a.>", ">", "a.b.c", "*" };
        var seen = patterns.Select(pattern => rig.Collect(client, pattern)).ToList();
        rig.Publish(client, "a.b", 1);
        rig.Publish(client, "a.b.c", 2);
        rig.Publish(client, "x", 3);
        Assert.Equal(
            ["1", "1", "1", "1,2", "1,2,3", "2", "3"], seen.Select(static s => string.Join(',', s.Numbers)));
        Assert.Equal(["a.b", "a.b.c", "x"], seen[4].All.Select(static s => s.Topic));
        Assert.Equal([1ul, 1, 1], seen[4].All.Select(static s => s.Sequence));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(5000)]
    [InlineData(16_384)]
    [InlineData(40_000)]
    [InlineData(1024 * 1024)]
    public void Messages_of_any_length_arrive_with_key_and_headers(int length)
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var payload = new byte[length];
        new Random(length).NextBytes(payload);
        var pulled = rig.Pull(client, "t");
        var checkedBy = 0;
        rig.Get(client.SubscribeAsync("t", (in MessageView view) =>
        {
            Assert.True(view.Payload.SequenceEqual(payload));
            Assert.Equal("key"u8, view.Key);
            Assert.True(view.TryGetHeader("b"u8, out var value));
            Assert.Equal("2"u8, value);
            checkedBy++;
        }));
        var subscription = rig.Get(client.SubscribeAsync("t"));
        var enumerator = subscription.GetAsyncEnumerator();
        var headers = MessageHeaders.Create(("a", "1"), ("b", "2"));
        rig.Test.Time.SetUtcNow(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
        rig.Finish(client.CreatePublisher("t").PublishAsync(payload, "key"u8, headers));
        Assert.True(rig.Get(enumerator.MoveNextAsync()));
        var message = enumerator.Current;
        Assert.True(message.Value.Span.SequenceEqual(payload));
        Assert.Equal("key", Encoding.UTF8.GetString(message.Key.Span));
        Assert.Equal("1", message.Headers.Get("a"));
        Assert.Null(message.Headers.Get("c"));
        Assert.Equal(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), message.Timestamp);
        Assert.Equal("t", message.Topic);
        Assert.Equal(1, checkedBy);
        pulled.TakeAll();
        Assert.Equal(length, Assert.Single(pulled.All).Length);
        rig.Finish(subscription.DisposeAsync());
        rig.Finish(enumerator.DisposeAsync());
    }

    [Fact]
    public void Values_arrive_as_values()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var texts = rig.Get(client.SubscribeAsync("t", MessageFormats.Text));
        var numbers = rig.Get(client.SubscribeAsync("n", MessageFormats.Blittable<long>()));
        rig.Finish(client.CreatePublisher("t", MessageFormats.Text).PublishAsync("grüß"));
        rig.Finish(client.CreatePublisher("n", MessageFormats.Blittable<long>()).PublishAsync(-7));
        var text = texts.GetAsyncEnumerator();
        Assert.True(rig.Get(text.MoveNextAsync()));
        Assert.Equal("grüß", text.Current.Value);
        var number = numbers.GetAsyncEnumerator();
        Assert.True(rig.Get(number.MoveNextAsync()));
        Assert.Equal(-7, number.Current.Value);
        rig.Finish(text.DisposeAsync());
        rig.Finish(number.DisposeAsync());
    }

    [Fact]
    public void An_acknowledged_publish_completes_when_the_broker_has_accepted_it()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var seen = rig.Collect(rig.Connect(), "t");
        var publisher = client.CreatePublisher(
            "t", new PublisherOptions { Acknowledgement = PublishAcknowledgement.Accepted });
        var first = publisher.PublishAsync(TopicRig.Bytes(1)).AsTask();
        Assert.False(first.IsCompleted);
        var others = Enumerable.Range(2, 500).Select(i => publisher.PublishAsync(TopicRig.Bytes(i)).AsTask()).ToList();
        rig.Finish(first);
        others.ForEach(rig.Finish);
        rig.Test.Settle();
        Assert.Equal(Enumerable.Range(1, 501), seen.Numbers);
    }

    [Fact]
    public void A_message_that_the_broker_does_not_take_is_refused_before_it_is_sent()
    {
        using var rig = new TopicRig(options: new BrokerOptions { MaxMessageBytes = 100 });
        var publisher = rig.Connect().CreatePublisher("t");
        Assert.Equal(
            PubSubErrorCode.MessageTooLarge,
            Assert.Throws<PubSubException>(() => publisher.TryPublish(new byte[101])).Code);
        Assert.True(publisher.TryPublish(new byte[100]));
    }

    [Fact]
    public void What_was_published_before_the_client_is_disposed_arrives()
    {
        using var rig = new TopicRig();
        var seen = rig.Collect(rig.Connect(), "t");
        var client = rig.Connect();
        var publisher = client.CreatePublisher("t");
        for (var i = 0; i < 300; i++)
        {
            Assert.True(publisher.TryPublish(TopicRig.Bytes(i)));
        }

        rig.Finish(client.DisposeAsync());
        rig.Test.Settle();
        Assert.Equal(Enumerable.Range(0, 300), seen.Numbers);
        Assert.Equal(PubSubErrorCode.Stopping, rig.Get(client.Closed).Code);
        Assert.Throws<PubSubException>(() => publisher.TryPublish([]));
    }

    [Fact]
    public void After_unsubscribing_nothing_comes_and_the_broker_has_forgotten_the_pattern()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var seen = rig.Collect(client, "a.>");
        Assert.Equal(1, rig.Broker.Subscriptions);
        rig.Finish(seen.Subscription.DisposeAsync());
        Assert.Equal(0, rig.Broker.Subscriptions);
        rig.Publish(client, "a.b", 1);
        Assert.Empty(seen.All);
        Assert.Null(rig.Get(seen.Subscription.Closed));
    }

    [Fact]
    public void A_handler_that_throws_is_logged_and_gets_the_next_message()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var count = 0;
        rig.Get(client.SubscribeAsync("t", (in MessageView view) =>
        {
            count++;
            throw new InvalidOperationException("bad handler");
        }));
        rig.Publish(client, "t", 1, 2, 3);
        Assert.Equal(3, count);
        Assert.Contains(rig.Log.Lines, static line => line.Exception?.Message == "bad handler");
    }

    [Fact]
    public void A_process_that_only_publishes_needs_no_broker_beside_it()
    {
        using var rig = new TopicRig();
        var seen = rig.Collect(rig.Connect(), "t.*");
        var publisher = rig.Broker.CreatePublisher("t.x");
        foreach (var i in Enumerable.Range(0, 500))
        {
            rig.Finish(publisher.PublishAsync(TopicRig.Bytes(i)));
        }

        rig.Finish(publisher.PublishAsync(new byte[100_000]));
        rig.Test.Settle();
        Assert.Equal(Enumerable.Range(0, 500).Append(0), seen.Numbers);
        Assert.Equal(100_000, seen.All[^1].Length);
    }

    [Fact]
    public void A_broker_that_stops_ends_its_clients_with_the_reason()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var pulled = rig.Pull(client, "t");
        rig.Publish(client, "t", 1);
        rig.Finish(rig.Broker.DisposeAsync());
        Assert.Equal(PubSubErrorCode.Stopping, rig.Get(client.Closed).Code);
        pulled.TakeAll();
        Assert.Equal([1], pulled.Numbers);
        Assert.Equal(PubSubErrorCode.Stopping, pulled.Error?.Code);
    }
}
