namespace NetCore.Bench;

/// <summary>Counts the items of a stream and says when they are enough.</summary>
/// <remarks>No clock per item: reading it costs as much as an item does.</remarks>
/// <param name="payloadBytes">What each must have.</param>
internal sealed class ItemCount(int payloadBytes)
{
    private volatile bool _stopping;

    /// <summary>Items that have come.</summary>
    public long Items { get; private set; }

    public bool IsStopping => _stopping;

    /// <summary>Bytes of an item that is sent.</summary>
    public int PayloadBytes => payloadBytes;

    public void Stop() => _stopping = true;

    /// <summary>An item has come; false when no more are wanted.</summary>
    /// <exception cref="BenchException">It has another length than was sent.</exception>
    public bool Take(int bytes)
    {
        if (bytes != payloadBytes)
        {
            throw new BenchException($"An item of {bytes} bytes came instead of {payloadBytes}.");
        }

        Items++;
        return !_stopping;
    }
}
