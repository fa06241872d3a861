using System.Collections.Concurrent;

namespace NetCore.PubSub.Tests;

/// <summary>What must hold whatever engine moves the bytes: a subclass names it.</summary>
public abstract class TopicSuite(string scheme, string backend) : IAsyncLifetime
{
    private RealTopics _rig = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await RealTopics.StartAsync(
            scheme,
            trackBlocks: true,
            new TopicRule("last.>") { KeepsLastValues = true },
            new TopicRule("block.>") { AllowBlocking = true });
        Assert.Equal(backend, _rig.Transport.Backend);
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Everything_arrives_in_the_order_of_each_publisher()
    {
        const int Each = 20_000;
        var subscriber = await _rig.ConnectAsync();
        var next = new int[3];
        var wrong = 0;
        await using var seen = await subscriber.SubscribeAsync(
            "t.*", (in MessageView message) =>
            {
                var who = message.Payload[4];
                wrong += message.Gap is null && BitConverter.ToInt32(message.Payload) == next[who]++ ? 0 : 1;
            }, new SubscriptionOptions { MaxItems = 1024 * 1024, MaxBytes = 64 * 1024 * 1024 });
        await Task.WhenAll(Enumerable.Range(0, next.Length).Select(who => Task.Run(async () =>
        {
            var client = await _rig.ConnectAsync();
            var publisher = client.CreatePublisher($"t.{who}");
            var payload = new byte[100];
            payload[4] = (byte)who;
            for (var i = 0; i < Each; i++)
            {
                BitConverter.TryWriteBytes(payload, i);
                await publisher.PublishAsync(payload);
            }
        })));
        await RealTopics.Until(() => seen.Delivered == 3 * Each, "all is delivered");
        Assert.Equal(0, wrong);
        Assert.Equal(0, seen.Lost);
    }

    [Fact]
    public async Task An_enumeration_of_a_blocking_subscriber_gets_everything_also_large_messages()
    {
        var client = await _rig.ConnectAsync();
        await using var subscription = await client.SubscribeAsync(
            "block.x", new SubscriptionOptions { Overflow = OverflowRule.Block, MaxItems = 10, WindowBytes = 5000 });
        var publishing = Task.Run(async () =>
        {
            var other = await _rig.ConnectAsync();
            var publisher = other.CreatePublisher(
                "block.x", new PublisherOptions { Acknowledgement = PublishAcknowledgement.Accepted });
            for (var i = 0; i < 300; i++)
            {
                await publisher.PublishAsync(new byte[i % 50 == 0 ? 100_000 : i]);
            }
        });
        var count = 0;
        await foreach (var message in subscription)
        {
            Assert.Null(message.Gap);
            Assert.Equal(count % 50 == 0 ? 100_000 : count, message.Value.Length);
            if (++count == 300)
            {
                break;
            }
        }

        await publishing;
    }

    [Fact]
    public async Task One_that_stops_reading_costs_the_others_nothing_and_its_own_bound()
    {
        const int Messages = 3000;
        var slow = await _rig.ConnectAsync();
        await using var stopped = await slow.SubscribeAsync(
            "s", new SubscriptionOptions { MaxBytes = 100_000, WindowBytes = 10_000 });
        var others = new ConcurrentBag<Subscription>();
        foreach (var client in await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => _rig.ConnectAsync())))
        {
            for (var i = 0; i < 11; i++)
            {
                others.Add(await client.SubscribeAsync("s", static (in MessageView _) => { }));
            }
        }

        var publisher = (await _rig.ConnectAsync()).CreatePublisher(
            "s", new PublisherOptions { Acknowledgement = PublishAcknowledgement.Accepted });
        for (var i = 0; i < Messages; i++)
        {
            await publisher.PublishAsync(new byte[1000]);
        }

        await RealTopics.Until(() => others.All(static s => s.Delivered == Messages), "the others have everything");
        Assert.All(others, static s => Assert.Equal(0, s.Lost));
        var count = 0L;
        await foreach (var message in stopped)
        {
            count += message.Gap?.Count ?? 1;
            if (count == Messages)
            {
                break;
            }
        }

        Assert.True(stopped.Lost > Messages / 2);
        Assert.Equal(Messages, stopped.Lost + stopped.Delivered);
    }

    [Fact]
    public async Task Last_values_come_before_live_ones_while_a_publisher_goes_on()
    {
        var client = await _rig.ConnectAsync();
        using var stop = new CancellationTokenSource();
        var publisher = client.CreatePublisher("last.x");
        await publisher.PublishAsync(BitConverter.GetBytes(0));
        var publishing = Task.Run(async () =>
        {
            for (var i = 1; !stop.IsCancellationRequested; i++)
            {
                await publisher.PublishAsync(BitConverter.GetBytes(i));
                if (i % 100 == 0)
                {
                    // A publish completes at once while there is room: the loop would keep a thread of the pool, and
                    // two suites beside each other all of them, which engines without a reactor need too.
                    await Task.Yield();
                }
            }
        });
        for (var round = 0; round < 20; round++)
        {
            var last = -1;
            var wrong = 0;
            await using var seen = await client.SubscribeAsync("last.*", (in MessageView message) =>
            {
                if (message.Gap is { } gap)
                {
                    last += (int)gap.Count!;
                    return;
                }

                var number = BitConverter.ToInt32(message.Payload);
                wrong += message.IsSnapshot ? (last == -1 ? 0 : 1) : number == last + 1 ? 0 : 1;
                last = number;
            });
            await RealTopics.Until(() => seen.Delivered > 100, "live messages come");
            Assert.Equal(0, wrong);
        }

        await stop.CancelAsync();
        await publishing;
    }
}

public class InMemoryTopicSuite() : TopicSuite("inproc", "inmemory");

public class SocketsTopicSuite() : TopicSuite("tcp", "sockets");

public class SocketsUnixTopicSuite() : TopicSuite("unix", "sockets");

public class EpollTopicSuite() : TopicSuite("epoll", "epoll");

public class EpollUnixTopicSuite() : TopicSuite("epoll-unix", "epoll");

public class UringTopicSuite() : TopicSuite("uring", "uring");
