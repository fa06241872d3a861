using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>The last message of each key of one topic. Guarded by the lock of the topic.</summary>
/// <remarks>Each is a copy of its own: it may stay for long, alone of its batch.</remarks>
internal sealed class LastValues(TopicRule rule, BlockPool blocks)
{
    private readonly Dictionary<byte[], Slice> _values = new(BytesComparer.Instance);

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
            bytes += record.Payload.IsEmpty ? 0 : Record.LengthOf(rest) - (had ? old.Length : 0);
        }

        return count <= PubSubLimits.MaxLastValues && bytes <= rule.LastValueBytes;
    }

    /// <summary>Copies to be put in; all or none.</summary>
    /// <exception cref="ByteBudgetExceededException">No memory.</exception>
    public List<Slice> Copy(in Slice slice)
    {
        var copies = new List<Slice>();
        try
        {
            if (!slice.IsContiguous)
            {
                copies.Add(slice.Share());
                return copies;
            }

            var one = slice with { Bytes = default, Count = 1 };
            for (var rest = slice.Span; !rest.IsEmpty; rest = rest[one.Length..])
            {
                one.Length = Record.LengthOf(rest);
                one.Offset = 0;
                copies.Add(one with { Bytes = LeasedBytes.Copy(blocks, rest[..one.Length]) });
            }

            return copies;
        }
        catch (ByteBudgetExceededException)
        {
            foreach (var copy in copies)
            {
                copy.Dispose();
            }

            throw;
        }
    }

    public void Put(List<Slice> copies, ulong first)
    {
        foreach (var copy in copies)
        {
            Put(copy with { First = first++, IsSnapshot = true });
        }
    }

    /// <summary>All values, each for a second owner, in the order of their numbers.</summary>
    public List<Slice> Snapshot() =>
        [.. _values.Values.OrderBy(static value => value.First).Select(static value => value.Share())];

    public void Clear()
    {
        foreach (var value in _values.Values)
        {
            value.Dispose();
        }

        _values.Clear();
    }

    private void Put(Slice value)
    {
        var head = value.IsContiguous ? value.Span : value.Bytes.Sequence.FirstSpan[value.Offset..];
        var record = Record.Read(head);
        var lookup = _values.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(record.Key, out var old))
        {
            Bytes -= old.Length;
            old.Dispose();
        }

        if (record.Payload.IsEmpty && value.IsContiguous)
        {
            lookup.Remove(record.Key);
            value.Dispose();
            return;
        }

        Bytes += value.Length;
        lookup[record.Key] = value;
    }
}
