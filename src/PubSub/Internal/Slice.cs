using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>Records of one topic that follow each other, in memory that others may share.</summary>
/// <remarks>A value with one owner, like the lease in it.</remarks>
internal struct Slice
{
    /// <summary>The memory; the slice may be a part of it.</summary>
    public LeasedBytes Bytes;
    public int Offset;
    public int Length;

    /// <summary>Records. Those that do not lie in one piece are one.</summary>
    public int Count;

    /// <summary>Sequence of the first.</summary>
    public ulong First;

    /// <summary>Microseconds.</summary>
    public long Timestamp;
    public BrokerTopic Topic;
    public bool IsSnapshot;

    /// <summary>Names the memory among slices that share it; null when each keeps its own alive.</summary>
    public object? Chunk;

    /// <summary>Bytes that are kept alive with it.</summary>
    public int ChunkBytes;

    public readonly ulong Last => First + (uint)Count - 1;

    /// <summary>The records, when they lie in one piece; one that does not is long.</summary>
    public readonly ReadOnlySpan<byte> Span => Bytes.Memory.Span.Slice(Offset, Length);

    public readonly bool IsContiguous => Bytes.IsContiguous;

    /// <summary>The same for a second owner.</summary>
    public readonly Slice Share()
    {
        var copy = this;
        copy.Bytes = Bytes.Share(0, Bytes.Length);
        return copy;
    }

    /// <summary>The first records for a second owner.</summary>
    public readonly Slice ShareFirst(int count)
    {
        var copy = Share();
        if (count < Count)
        {
            copy.Length = Record.LengthOf(Span, count);
            copy.Count = count;
        }

        return copy;
    }

    /// <summary>Leaves the first records out; at least one stays.</summary>
    public void SkipFirst(int count)
    {
        var length = Record.LengthOf(Span, count);
        Offset += length;
        Length -= length;
        Count -= count;
        First += (uint)count;
    }

    /// <summary>The records as leased bytes; the slice is used up.</summary>
    public LeasedBytes TakeBytes()
    {
        var bytes = Bytes;
        Bytes = default;
        if (Offset == 0 && Length == bytes.Length)
        {
            return bytes;
        }

        using (bytes)
        {
            return bytes.Share(Offset, Length);
        }
    }

    public void Dispose()
    {
        Bytes.Dispose();
        Bytes = default;
    }
}
