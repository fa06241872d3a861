using System.Buffers.Binary;

namespace NetCore.Bench;

/// <summary>Checks and counts the items of a stream, numbered from 0, and says when they are enough.</summary>
/// <remarks>No clock per item: reading it costs as much as an item does.</remarks>
/// <param name="payloadBytes">What each must have.</param>
internal sealed class ItemCount(int payloadBytes)
{
    private volatile bool _stopping;

    /// <summary>Items that have come.</summary>
    public long Items { get; private set; }

    /// <summary>Items that have been sent, where they come back.</summary>
    public long Sent { get; private set; }

    public bool IsStopping => _stopping;

    /// <summary>Bytes of an item that is sent.</summary>
    public int PayloadBytes => payloadBytes;

    public void Stop() => _stopping = true;

    /// <summary>An item has come; false when no more are wanted.</summary>
    /// <exception cref="BenchException">It is not the next one, or has another length than was sent.</exception>
    public bool Take(ReadOnlySpan<byte> item)
    {
        if (item.Length != payloadBytes || BinaryPrimitives.ReadInt64LittleEndian(item) != Items)
        {
            throw new BenchException($"Something of {item.Length} bytes came instead of item {Items}.");
        }

        Items++;
        return !_stopping;
    }

    /// <summary>The number of the next item to send; false when no more are to be.</summary>
    public bool TrySend(out long number)
    {
        // Looked at once: what is counted is sent.
        var isWanted = !_stopping;
        number = Sent;
        Sent += isWanted ? 1 : 0;
        return isWanted;
    }

    /// <summary>The server has ended a stream that has no end.</summary>
    public BenchException EndedEarly() => new($"The stream ended by itself after {Items} items.");

    /// <summary>The stream has ended after the last item was sent.</summary>
    /// <exception cref="BenchException">It has ended before, or not all have come back.</exception>
    public void CheckReturned()
    {
        if (!_stopping)
        {
            throw EndedEarly();
        }

        if (Items != Sent)
        {
            throw new BenchException($"{Items} of {Sent} items have come back.");
        }
    }
}
