using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>The last message of each key of one topic. Guarded by the lock of the topic.</summary>
/// <remarks>Each is a copy of its own: it may stay for long, alone of its batch.</remarks>
internal sealed class LastValues(TopicRule rule, BlockPool blocks)
{
    private readonly Dictionary<byte[], LastValue> _values = new(BytesComparer.Instance);
    private readonly List<Slice> _copies = [];

    public int Count => _values.Count;

    public long Bytes { get; private set; }

    /// <summary>All keys of these records have room.</summary>
    public bool HasRoomFor(in Slice slice)
    {
        // Counted as if each were new first, which nearly always has room.
        if (_values.Count + slice.Count <= PubSubLimits.MaxLastValues && Bytes + slice.Length <= rule.LastValueBytes)
        {
            return true;
        }

        if (!slice.IsContiguous)
        {
            return false;
        }

        // The sum over the records, each in place of the value of its key; one that comes twice counts twice.
        var lookup = _values.GetAlternateLookup<ReadOnlySpan<byte>>();
        var (count, bytes) = (_values.Count, Bytes);
        for (var rest = slice.Span; !rest.IsEmpty; rest = rest[Record.LengthOf(rest)..])
        {
            var record = Record.Read(rest[..Record.LengthOf(rest)]);
            var had = lookup.TryGetValue(record.Key, out var old);
            count += record.Payload.IsEmpty ? 0 : had ? 0 : 1;
            bytes += record.Payload.IsEmpty ? 0 : Record.LengthOf(rest) - (had ? old!.Value.Length : 0);
        }

        return count <= PubSubLimits.MaxLastValues && bytes <= rule.LastValueBytes;
    }

    /// <summary>Copies what is to be kept of these records, for <see cref="Put()"/>; all of it or nothing.</summary>
    /// <exception cref="ByteBudgetExceededException">No memory.</exception>
    public void Copy(in Slice slice)
    {
        if (!slice.IsContiguous)
        {
            _copies.Add(slice.Share() with { IsSnapshot = true });
            return;
        }

        FindLast(slice.Span);
        try
        {
            CopyLast(in slice);
        }
        catch (ByteBudgetExceededException)
        {
            _copies.ForEach(static copy => copy.Dispose());
            _copies.Clear();
            throw;
        }
    }

    /// <summary>Keeps what was copied.</summary>
    public void Put()
    {
        foreach (var copy in _copies)
        {
            Put(copy);
        }

        _copies.Clear();
    }

    /// <summary>All values, each for a second owner, in the order of their numbers.</summary>
    public List<Slice> Snapshot() =>
        [.. _values.Values.OrderBy(static last => last.Value.First).Select(static last => last.Value.Share())];

    public void Clear()
    {
        foreach (var last in _values.Values)
        {
            last.Value.Dispose();
        }

        _values.Clear();
    }

    // A busy publisher has hundreds of records for one key in a batch, and each copy takes a block of its own.
    private void FindLast(ReadOnlySpan<byte> records)
    {
        var lookup = _values.GetAlternateLookup<ReadOnlySpan<byte>>();
        for (var index = 0; !records.IsEmpty; index++)
        {
            var length = Record.LengthOf(records);
            if (lookup.TryGetValue(Record.Read(records[..length]).Key, out var last))
            {
                last.Index = index;
            }

            records = records[length..];
        }
    }

    // Of a key that is new to the topic all are copied: only its first batch has to do with that.
    private void CopyLast(in Slice slice)
    {
        var lookup = _values.GetAlternateLookup<ReadOnlySpan<byte>>();
        var one = slice with { Bytes = default, Count = 1, Offset = 0, IsSnapshot = true, Chunk = null };
        var rest = slice.Span;
        for (var index = 0; !rest.IsEmpty; index++)
        {
            one.Length = Record.LengthOf(rest);

            // The topic keeps it alive in any case: for a queue it counts no more than what is in it, so that a
            // snapshot that fits by its bytes is never cut for the memory behind it.
            one.ChunkBytes = one.Length;
            one.First = slice.First + (ulong)index;
            var bytes = rest[..one.Length];
            if (!lookup.TryGetValue(Record.Read(bytes).Key, out var last) || last.Index == index)
            {
                _copies.Add(one with { Bytes = LeasedBytes.Copy(blocks, bytes) });
            }

            rest = rest[one.Length..];
        }
    }

    private void Put(Slice value)
    {
        var head = value.IsContiguous ? value.Span : value.Bytes.Sequence.FirstSpan[value.Offset..];
        var record = Record.Read(head);
        var lookup = _values.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(record.Key, out var last))
        {
            Bytes -= last.Value.Length;
            last.Value.Dispose();
        }

        if (record.Payload.IsEmpty && value.IsContiguous)
        {
            lookup.Remove(record.Key);
            value.Dispose();
            return;
        }

        Bytes += value.Length;
        if (last is null)
        {
            lookup[record.Key] = last = new LastValue();
        }

        last.Value = value;
    }
}
