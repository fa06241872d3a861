namespace NetCore.PubSub.Internal;

/// <summary>One level of the tree of patterns.</summary>
internal sealed class TrieNode<T>(TrieNode<T>? parent, byte[] token)
    where T : class
{
    private Dictionary<byte[], TrieNode<T>>? _children;

    public TrieNode<T>? Parent { get; } = parent;

    public byte[] Token { get; } = token;

    /// <summary>The child for <c>*</c>.</summary>
    public TrieNode<T>? Any { get; set; }

    /// <summary>The child for <c>&gt;</c>, which has no children.</summary>
    public TrieNode<T>? Rest { get; set; }

    /// <summary>What is kept for the pattern that ends here; null when none does.</summary>
    public List<T>? Values { get; set; }

    public bool IsEmpty => Values is null && Any is null && Rest is null && _children is null;

    public TrieNode<T>? Find(ReadOnlySpan<byte> token) => _children is not null
        && _children.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(token, out var child) ? child : null;

    public TrieNode<T> Add(ReadOnlySpan<byte> token)
    {
        var child = new TrieNode<T>(this, token.ToArray());
        (_children ??= new Dictionary<byte[], TrieNode<T>>(BytesComparer.Instance)).Add(child.Token, child);
        return child;
    }

    public void Remove(TrieNode<T> child)
    {
        if (child == Any)
        {
            Any = null;
        }
        else if (child == Rest)
        {
            Rest = null;
        }
        else if (_children!.Remove(child.Token) && _children.Count == 0)
        {
            _children = null;
        }
    }
}
