namespace NetCore.PubSub.Internal;

/// <summary>
/// Patterns as a tree of their levels, and the match of a topic against all of them. Not thread-safe.
/// </summary>
/// <remarks>
/// A match walks a stack of its own: on each level the child of that name and the one for <c>*</c>. A step takes one
/// node off and puts two on at most, so the stack never holds more than a level's worth and one.
/// </remarks>
internal sealed class TopicTrie<T>
    where T : class
{
    private readonly TrieNode<T> _root = new(null, []);
    private readonly (TrieNode<T> Node, int Level)[] _stack = new (TrieNode<T>, int)[PubSubLimits.MaxLevels + 2];

    /// <summary>Values that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>No pattern is kept, and no node is left of one.</summary>
    public bool IsEmpty => _root.IsEmpty;

    public void Add(ReadOnlySpan<byte> pattern, T value)
    {
        var node = _root;
        foreach (var range in pattern.Split((byte)'.'))
        {
            node = pattern[range] switch
            {
                [(byte)'*'] => node.Any ??= new TrieNode<T>(node, "*"u8.ToArray()),
                [(byte)'>'] => node.Rest ??= new TrieNode<T>(node, ">"u8.ToArray()),
                var token => node.Find(token) ?? node.Add(token),
            };
        }

        (node.Values ??= []).Add(value);
        Count++;
    }

    /// <summary>Takes a value out, and the nodes that only it needed; false when it is not there.</summary>
    public bool Remove(ReadOnlySpan<byte> pattern, T value)
    {
        TrieNode<T>? node = _root;
        foreach (var range in pattern.Split((byte)'.'))
        {
            node = pattern[range] switch
            {
                [(byte)'*'] => node.Any,
                [(byte)'>'] => node.Rest,
                var token => node.Find(token),
            };
            if (node is null)
            {
                return false;
            }
        }

        if (node.Values is null || !node.Values.Remove(value))
        {
            return false;
        }

        Count--;
        node.Values = node.Values.Count == 0 ? null : node.Values;
        for (; node.IsEmpty && node.Parent is { } parent; node = parent)
        {
            parent.Remove(node);
        }

        return true;
    }

    /// <summary>Adds what is kept for a topic to a list, in no particular order.</summary>
    /// <param name="topic">Well-formed.</param>
    /// <param name="found">Added to.</param>
    /// <returns>Nodes that were visited.</returns>
    /// <exception cref="InvalidOperationException">
    /// More than <see cref="PubSubLimits.MaxMatchSteps"/>, which well-formed patterns never need.
    /// </exception>
    public int Match(ReadOnlySpan<byte> topic, List<T> found)
    {
        Span<int> starts = stackalloc int[PubSubLimits.MaxLevels + 1];
        var levels = 0;
        starts[levels++] = 0;
        for (var i = 0; i < topic.Length; i++)
        {
            if (topic[i] == '.')
            {
                starts[levels++] = i + 1;
            }
        }

        starts[levels] = topic.Length + 1;
        var depth = 0;
        var steps = 0;
        _stack[depth++] = (_root, 0);
        while (depth > 0)
        {
            var (node, level) = _stack[--depth];
            if (++steps > PubSubLimits.MaxMatchSteps)
            {
                throw new InvalidOperationException("A match visits more nodes than legal patterns can have.");
            }

            if (level == levels)
            {
                AddAll(node.Values, found);
                continue;
            }

            if (node.Rest is { } rest)
            {
                steps++;
                AddAll(rest.Values, found);
            }

            if (node.Any is { } any)
            {
                _stack[depth++] = (any, level + 1);
            }

            if (node.Find(topic[starts[level]..(starts[level + 1] - 1)]) is { } child)
            {
                _stack[depth++] = (child, level + 1);
            }
        }

        return steps;
    }

    private static void AddAll(List<T>? values, List<T> found)
    {
        if (values is not null)
        {
            found.AddRange(values);
        }
    }
}
