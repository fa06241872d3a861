using FsCheck;
using FsCheck.Xunit;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.PubSub.Tests;

/// <summary>Whatever the rule and the speeds: what is delivered and what is told lost is what was published.</summary>
public class LossLaws
{
    [Property(MaxTest = 60)]
    public void Delivered_and_told_lost_is_published_for_each_subscription_and_order_holds_for_each_publisher(
        DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var pipe = new InMemoryOptions
        {
            PipeBytes = 1000 + random.Next(200_000), MaxDeliveryBytes = 1 + random.Next(30_000),
        };
        using var rig = new TopicRig(
            seed.Item, permute: true, TopicRig.With(new TopicRule("b") { AllowBlocking = true }), pipe);
        var topics = new[] { "a", "b", "c.d" };
        var patterns = new[] { "a", "b", "c.d", "c.*", ">" };
        var subscribers = Enumerable.Range(0, 1 + random.Next(5))
            .Select(_ => Subscribe(rig, random, patterns)).ToList();
        var publishers = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => rig.Connect()).ToList();
        var published = topics.ToDictionary(static topic => topic, static _ => 0L);
        var numbers = publishers.ToDictionary(static p => p, static _ => 0);
        for (var step = random.Next(60); step > 0; step--)
        {
            var publisher = random.Next(publishers.Count);
            var topic = topics[random.Next(topics.Length)];
            var raw = publishers[publisher].CreatePublisher(topic);
            for (var burst = random.Next(40); burst > 0; burst--)
            {
                // The high byte says who; the rest counts.
                var number = (publisher << 24) | numbers[publishers[publisher]]++;
                var payload = new byte[4 + random.Next(random.Next(10) == 0 ? 20_000 : 200)];
                BitConverter.TryWriteBytes(payload, number);
                published[topic] += raw.TryPublish(payload, [(byte)random.Next(4)]) ? 1 : 0;
            }

            for (var takes = random.Next(20); takes > 0; takes--)
            {
                subscribers[random.Next(subscribers.Count)].Pulled.TryTake();
            }

            if (random.Next(10) == 0)
            {
                rig.Test.Settle();
            }
        }

        // Whoever blocks is emptied, so that everything is accepted in the end. A batch may linger for milliseconds,
        // so it is over when nothing has come for a while.
        var told = -1L;
        for (var quiet = 0; quiet < 20; quiet++)
        {
            subscribers.ForEach(static s => s.Pulled.TakeAll());
            rig.Advance(10);
            var now = subscribers.Sum(static s => s.Pulled.Told);
            quiet = now == told ? quiet : -1;
            told = now;
        }

        foreach (var (pattern, pulled) in subscribers)
        {
            var expected = published.Where(p => new TopicPattern(pattern).Matches(p.Key)).Sum(static p => p.Value);
            if (pulled.IsOver)
            {
                // It was ended for being slow: all until then is told, and no more.
                Assert.Equal(PubSubErrorCode.SlowSubscriber, pulled.Error?.Code);
                Assert.NotEmpty(pulled.Gaps);
                AssertContiguous(pulled, published);
                continue;
            }

            Assert.Equal(expected, pulled.Told);
            Assert.Equal(pulled.Told, pulled.Subscription.Delivered + pulled.Subscription.Lost);
            AssertOrder(pulled);
        }
    }

    private static (string Pattern, Pulled Pulled) Subscribe(
        TopicRig rig, SeededRandomSource random, string[] patterns)
    {
        var rule = (OverflowRule)random.Next(5);
        var pattern = rule == OverflowRule.Block ? "b" : patterns[random.Next(patterns.Length)];
        return (pattern, rig.Pull(rig.Connect(), pattern, new SubscriptionOptions
        {
            Overflow = rule,
            MaxItems = 1 + random.Next(50),
            MaxBytes = 1 + random.Next(50_000),
            WindowBytes = 1 + random.Next(10_000),
        }));
    }

    // One number after the other from 1 on, delivered or told.
    private static void AssertContiguous(Pulled pulled, Dictionary<string, long> published)
    {
        foreach (var topic in pulled.All.GroupBy(static s => s.Topic))
        {
            var next = 1ul;
            foreach (var seen in topic)
            {
                Assert.Equal(next, seen.Gap?.First ?? seen.Sequence);
                next = (seen.Gap?.Last ?? seen.Sequence) + 1;
                Assert.True(seen.Gap is not { } gap || gap.Count == (long)(gap.Last - gap.First) + 1);
            }

            Assert.InRange((long)next - 1, 1, published[topic.Key]);
        }
    }

    private static void AssertOrder(Pulled pulled)
    {
        foreach (var topic in pulled.All.Where(static s => s.Gap is null).GroupBy(static s => s.Topic))
        {
            Assert.Equal(topic.Select(static s => s.Sequence).Order().Distinct(), topic.Select(static s => s.Sequence));
            foreach (var publisher in topic.GroupBy(static s => s.Number >> 24))
            {
                Assert.Equal(publisher.Select(static s => s.Number).Order(), publisher.Select(static s => s.Number));
            }

            // A gap never covers what was delivered, unless it counts fewer than its range.
            foreach (var gap in pulled.Gaps.Where(gap => gap.Topic == topic.Key))
            {
                var within = topic.Count(s => s.Sequence >= gap.First && s.Sequence <= gap.Last);
                Assert.InRange(gap.Count!.Value, 1, (long)(gap.Last - gap.First) + 1 - within);
            }
        }
    }
}
