namespace NetCore.PubSub.Internal;

/// <summary>First in, first out; the oldest or the newest are dropped.</summary>
internal sealed class FifoQueue(int maxItems, int maxBytes, bool dropOldest) : DeliveryQueue(maxItems, maxBytes)
{
    private readonly long _maxPinned = ((long)maxBytes * PubSubLimits.PinnedFactor) + PubSubLimits.PinnedSlackBytes;
    private QueueEntry[] _ring = [];
    private int _head;
    private int _count;

    // The memory of the last records that were added.
    private object? _lastChunk;

    public override bool HasWork => _count > 0 || !Lost.IsEmpty;

    public int Entries => _count;

    public ref readonly QueueEntry Peek(int index) => ref At(index);

    public override int RoomFor(in Slice slice)
    {
        if (Items == 0 && slice.Count == 1)
        {
            // A message that is larger than the bound waits alone: else it could never be delivered.
            return 1;
        }

        if (Items > 0 && Pinned + PinnedBy(in slice) > _maxPinned)
        {
            return 0;
        }

        var items = Math.Min(slice.Count, MaxItems - Items);
        if (items == slice.Count && Bytes + slice.Length <= MaxBytes)
        {
            return items;
        }

        return slice.IsContiguous ? Fitting(slice.Span, items) : 0;
    }

    public override void Add(Slice slice)
    {
        if (dropOldest)
        {
            MakeRoomFor(ref slice);
        }

        var fitting = RoomFor(in slice);
        if (fitting == slice.Count)
        {
            Push(slice);
            return;
        }

        if (fitting > 0)
        {
            Push(slice.ShareFirst(fitting));
            slice.SkipFirst(fitting);
        }

        AddLoss(GapRange.Of(in slice, GapReason.Overflow));
        slice.Dispose();
    }

    public override void AddLoss(in GapRange gap)
    {
        if (_count == 0)
        {
            Lost.Add(gap);
            return;
        }

        var joined = gap;
        for (var back = 1; back <= _count && At(_count - back).IsGap; back++)
        {
            if (back > PubSubLimits.MaxGapTopics && joined.Topic is not null)
            {
                // Too many topics side by side: from the beginning of the run again, as one without a topic.
                joined = joined with { Topic = null, First = 0, Last = 0 };
                back = 0;
                continue;
            }

            ref var entry = ref At(_count - back);
            if (entry.Gap.Joins(in joined))
            {
                entry.Gap = entry.Gap.With(in joined);
                return;
            }
        }

        PushEntry(QueueEntry.Of(in joined));
    }

    public override bool TryTake(long credit, out QueueEntry entry)
    {
        if (Lost.TryTake(out var gap))
        {
            entry = QueueEntry.Of(in gap);
            return true;
        }

        entry = default;
        if (_count == 0)
        {
            return false;
        }

        ref var head = ref At(0);
        if (head.IsGap || head.Slice.Length <= credit || head.Slice.Count == 1)
        {
            entry = Pop();
            return true;
        }

        var (count, length) = Exhausting(head.Slice.Span, head.Slice.Count, credit);
        if (count == head.Slice.Count)
        {
            entry = Pop();
            return true;
        }

        entry.Slice = head.Slice.ShareFirst(count);
        head.Slice.SkipFirst(count);
        Items -= count;
        Bytes -= length;
        return true;
    }

    // The records up to the one that uses the credit up.
    private static (int Count, int Length) Exhausting(ReadOnlySpan<byte> records, int count, long credit)
    {
        var length = 0;
        for (var i = 1; i < count; i++)
        {
            length += Record.LengthOf(records[length..]);
            if (length >= credit)
            {
                return (i, length);
            }
        }

        return (count, records.Length);
    }

    private int Fitting(ReadOnlySpan<byte> records, int most)
    {
        var room = MaxBytes - Bytes;
        for (var i = 0; i < most; i++)
        {
            var length = Record.LengthOf(records);
            room -= length;
            if (room < 0)
            {
                // Alone it waits whatever its length.
                return Items == 0 && i == 0 ? 1 : i;
            }

            records = records[length..];
        }

        return most;
    }

    private void MakeRoomFor(ref Slice slice)
    {
        while (RoomFor(in slice) < slice.Count)
        {
            if (Items > 0)
            {
                DropHead(Items + slice.Count - MaxItems, Bytes + slice.Length - MaxBytes);
                continue;
            }

            // The newest of these alone fill the queue.
            LoseGapsBeforeRecords();
            var surplus = Math.Max(1, slice.Count - MaxItems);
            Lost.Add(new GapRange(
                slice.Topic, slice.First, slice.First + (uint)surplus - 1, surplus, GapReason.Overflow));
            slice.SkipFirst(surplus);
        }
    }

    // Gaps before the first records are told before what is lost now.
    private void LoseGapsBeforeRecords()
    {
        while (_count > 0 && At(0).IsGap)
        {
            Lost.Add(Pop().Gap);
        }
    }

    private void DropHead(int items, long bytes)
    {
        LoseGapsBeforeRecords();
        ref var slice = ref At(0).Slice;
        var memory = items <= 0 && bytes <= 0;
        var count = memory || slice.Count <= items || slice.Length <= bytes || !slice.IsContiguous
            ? slice.Count
            : Math.Max(items, bytes > 0 ? Exhausting(slice.Span, slice.Count, bytes).Count : 1);
        if (count >= slice.Count)
        {
            var entry = Pop();
            Lost.Add(GapRange.Of(in entry.Slice, GapReason.Overflow));
            entry.Slice.Dispose();
            return;
        }

        Lost.Add(new GapRange(
            slice.Topic, slice.First, slice.First + (uint)count - 1, count, GapReason.Overflow));
        Bytes -= slice.Length;
        slice.SkipFirst(count);
        Bytes += slice.Length;
        Items -= count;
    }

    private int PinnedBy(in Slice slice) =>
        slice.Chunk is not null && slice.Chunk == _lastChunk ? 0 : slice.ChunkBytes;

    private void Push(Slice slice)
    {
        var entry = new QueueEntry { Slice = slice, Pinned = PinnedBy(in slice) };
        _lastChunk = slice.Chunk;
        Items += slice.Count;
        Bytes += slice.Length;
        Pinned += entry.Pinned;
        PushEntry(entry);
    }

    private void PushEntry(in QueueEntry entry)
    {
        if (_count == _ring.Length)
        {
            var larger = new QueueEntry[Math.Max(4, _count * 2)];
            for (var i = 0; i < _count; i++)
            {
                larger[i] = At(i);
            }

            _ring = larger;
            _head = 0;
        }

        _count++;
        At(_count - 1) = entry;
    }

    private QueueEntry Pop()
    {
        var entry = At(0);
        At(0) = default;
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        if (entry.IsGap)
        {
            return entry;
        }

        Items -= entry.Slice.Count;
        Bytes -= entry.Slice.Length;
        if (Items == 0)
        {
            Pinned = 0;
            _lastChunk = null;
            return entry;
        }

        // The next records count for memory that they share with these.
        ref var next = ref At(0);
        for (var i = 1; next.IsGap; i++)
        {
            next = ref At(i);
        }

        if (entry.Slice.Chunk is { } chunk && next.Slice.Chunk == chunk)
        {
            next.Pinned = entry.Pinned;
        }
        else
        {
            Pinned -= entry.Pinned;
        }

        return entry;
    }

    private ref QueueEntry At(int index) => ref _ring[(_head + index) & (_ring.Length - 1)];
}
