namespace NetCore.PubSub.Internal;

/// <summary>The last message of one key.</summary>
internal sealed class LastValue
{
    /// <summary>One record.</summary>
    public Slice Value { get; set; }

    /// <summary>Where in the batch that is being looked at the key comes last.</summary>
    public int Index { get; set; }
}
