using System.Text;
using FsCheck;
using FsCheck.Xunit;
using NetCore.PubSub.Internal;
using NetCore.Testing.Shared;

namespace NetCore.PubSub.Tests;

public class MatchLaws
{
    private static readonly string[] Tokens = ["a", "b", "c", "*", ">"];

    [Property(MaxTest = 300)]
    public void The_tree_finds_what_a_naive_matcher_finds_also_after_removals(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var trie = new TopicTrie<string>();
        var patterns = Enumerable.Range(0, random.Next(60)).Select(_ => Pattern(random)).ToList();
        patterns.ForEach(pattern => trie.Add(Encoding.UTF8.GetBytes(pattern), pattern));
        for (var removals = random.Next(patterns.Count + 1); removals > 0; removals--)
        {
            var index = random.Next(patterns.Count);
            Assert.True(trie.Remove(Encoding.UTF8.GetBytes(patterns[index]), patterns[index]));
            patterns.RemoveAt(index);
        }

        for (var i = 0; i < 30; i++)
        {
            var topic = string.Join('.', Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Tokens[random.Next(3)]));
            var found = new List<string>();
            trie.Match(Encoding.UTF8.GetBytes(topic), found);
            Assert.Equal(
                patterns.Where(pattern => Naive(pattern.Split('.'), topic.Split('.'))).Order(), found.Order());
            Assert.All(patterns, pattern => Assert.Equal(
                Naive(pattern.Split('.'), topic.Split('.')), new TopicPattern(pattern).Matches(topic)));
        }

        patterns.ForEach(pattern => Assert.True(trie.Remove(Encoding.UTF8.GetBytes(pattern), pattern)));
        Assert.True(trie.IsEmpty);
        Assert.Equal(0, trie.Count);
    }

    [Property(MaxTest = 300)]
    public void A_pattern_that_covers_another_is_for_all_its_topics(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var (outer, inner) = (Pattern(random), Pattern(random));
        var covers = TopicText.Covers(Encoding.UTF8.GetBytes(outer), Encoding.UTF8.GetBytes(inner));
        var topics = AllTopics(6).Where(topic => Naive(inner.Split('.'), topic)).ToList();
        Assert.Equal(covers, topics.All(topic => Naive(outer.Split('.'), topic)));
    }

    /// <summary>
    /// The named set: 100 venues of 900 instruments each by name; for each venue 90 patterns of one kind of instrument
    /// and 10 with wildcards in other places: 100,000 in all.
    /// </summary>
    [Fact]
    public void A_topic_visits_64_nodes_at_most_among_100_000_subscriptions_and_none_when_cached()
    {
        var trie = new TopicTrie<string>();
        foreach (var pattern in HundredThousand())
        {
            trie.Add(Encoding.UTF8.GetBytes(pattern), pattern);
        }

        Assert.Equal(100_000, trie.Count);
        var most = 0;
        string[] topics = ["md.v7.eq.i123.trade", "md.v99.fx.i899.quote", "md.v0.eq.i0", "other.x", "md.v3"];
        foreach (var topic in topics)
        {
            var found = new List<string>();
            most = Math.Max(most, trie.Match(Encoding.UTF8.GetBytes(topic), found));
            Assert.Equal(
                HundredThousand().Count(pattern => Naive(pattern.Split('.'), topic.Split('.'))), found.Count);
        }

        Assert.InRange(most, 1, 64);
    }

    [Fact]
    public void A_topic_that_was_matched_visits_no_node_until_a_pattern_comes_or_goes()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var seen = rig.Collect(client, "a.*");
        rig.Publish(client, "a.b", 1);
        var steps = rig.Broker.Core.MatchSteps;
        Assert.InRange(steps, 1, 64);
        rig.Publish(client, "a.b", 2, 3);
        Assert.Equal(steps, rig.Broker.Core.MatchSteps);
        rig.Finish(seen.Subscription.DisposeAsync());
        rig.Publish(client, "a.b", 4);
        Assert.True(rig.Broker.Core.MatchSteps > steps);
        Assert.Equal([1, 2, 3], seen.Numbers);
    }

    [Fact]
    public void A_bomb_of_wildcards_stays_within_the_bound_of_steps()
    {
        var trie = new TopicTrie<string>();
        var topic = string.Join('.', Enumerable.Repeat("a", 16));
        for (var bits = 0; bits < 1 << 16; bits++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)bits) <= PubSubLimits.MaxWildcards)
            {
                var tokens = Enumerable.Range(0, 16).Select(i => (bits >> i & 1) == 0 ? "a" : "*").ToArray();
                trie.Add(Encoding.UTF8.GetBytes(string.Join('.', tokens)), "");
                for (var length = 0; length < 16; length++)
                {
                    var rest = string.Join('.', tokens.Take(length).Append(">"));
                    trie.Add(Encoding.UTF8.GetBytes(rest), "");
                }
            }
        }

        Assert.Equal(PubSubLimits.MaxMatchSteps, trie.Match(Encoding.UTF8.GetBytes(topic), []));
    }

    private static IEnumerable<string> HundredThousand()
    {
        for (var venue = 0; venue < 100; venue++)
        {
            for (var i = 0; i < 900; i++)
            {
                yield return $"md.v{venue}.eq.i{i}.trade";
            }

            for (var i = 0; i < 90; i++)
            {
                yield return $"md.v{venue}.*.i{i}.>";
            }

            for (var i = 0; i < 10; i++)
            {
                yield return (i % 5) switch
                {
                    0 => $"md.*.eq.i{i + venue}.trade",
                    1 => $"md.v{venue}.>",
                    2 => $"*.v{venue}.*.*.quote",
                    3 => $"md.*.*.i{i + venue}.*",
                    _ => ">",
                };
            }
        }
    }

    private static string Pattern(SeededRandomSource random)
    {
        var tokens = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Tokens[random.Next(4)]).ToList();
        if (random.Next(4) == 0)
        {
            tokens[^1] = ">";
        }

        return string.Join('.', tokens);
    }

    private static IEnumerable<string[]> AllTopics(int levels)
    {
        List<string[]> topics = [[]];
        for (var level = 0; level < levels; level++)
        {
            // "x" stands for every token that no pattern names.
            var longer = topics.Where(topic => topic.Length == level)
                .SelectMany(topic => new[] { "a", "b", "c", "x" }.Select(token => (string[])[.. topic, token]));
            topics.AddRange(longer.ToList());
        }

        return topics.Skip(1);
    }

    private static bool Naive(string[] pattern, string[] topic) => pattern switch
    {
        [] => topic.Length == 0,
        [">"] => topic.Length > 0,
        _ => topic.Length > 0 && (pattern[0] == "*" || pattern[0] == topic[0]) && Naive(pattern[1..], topic[1..]),
    };
}
