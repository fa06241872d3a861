namespace NetCore.Core;

/// <summary>
/// A mistake of the program with pooled memory. Not to be handled: the code that made it is to be corrected.
/// </summary>
public sealed class BlockMisuseException : InvalidOperationException
{
    internal BlockMisuseException(BlockMisuse misuse, string owner, string message)
        : base(message)
    {
        Misuse = misuse;
        Owner = owner;
    }

    /// <summary>What was done wrong.</summary>
    public BlockMisuse Misuse { get; }

    /// <summary>Who had rented the block, as given to the pool.</summary>
    public string Owner { get; }
}
