using System.Text;
using BenchmarkDotNet.Attributes;
using NetCore.PubSub.Internal;

namespace NetCore.Benchmarks.PubSub;

/// <summary>
/// A topic that no cache knows against 100,000 subscriptions: 100 venues of 900 instruments each by name, and for each
/// venue 90 patterns of one kind of instrument and 10 with wildcards in other places. The same set is matched against a
/// naive matcher, and its visited nodes are counted, by the tests.
/// </summary>
[MemoryDiagnoser]
public class TopicMatchBenchmarks
{
    private readonly TopicTrie<string> _trie = new();
    private readonly List<string> _found = [];
    private byte[] _topic = [];

    /// <summary>Matched by many kinds of patterns, by few, and by those for all topics alone.</summary>
    [Params("md.v7.eq.i123.trade", "md.v0.eq.i0", "other.x")]
    public string Topic { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _topic = Encoding.UTF8.GetBytes(Topic);
        for (var venue = 0; venue < 100; venue++)
        {
            Add(900, i => $"md.v{venue}.eq.i{i}.trade");
            Add(90, i => $"md.v{venue}.*.i{i}.>");
            Add(2, i => $"md.*.eq.i{venue + (5 * i)}.trade");
            Add(2, _ => $"md.v{venue}.>");
            Add(2, _ => $"*.v{venue}.*.*.quote");
            Add(2, i => $"md.*.*.i{venue + 3 + (5 * i)}.*");
            Add(2, _ => ">");
        }
    }

    [Benchmark]
    public int Match()
    {
        _found.Clear();
        return _trie.Match(_topic, _found);
    }

    private void Add(int count, Func<int, string> pattern)
    {
        for (var i = 0; i < count; i++)
        {
            _trie.Add(Encoding.UTF8.GetBytes(pattern(i)), "");
        }
    }
}
