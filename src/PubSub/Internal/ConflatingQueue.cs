using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>
/// Keeps the newest message of each topic and key; what was replaced is a loss before the next message that is taken.
/// </summary>
/// <remarks>
/// Slots are linked in the order of their messages, and by the hash of topic and key. A short message is copied: it
/// may stay for long, alone of its batch.
/// </remarks>
internal sealed class ConflatingQueue(int maxItems, int maxBytes, BlockPool blocks) : DeliveryQueue(maxItems, maxBytes)
{
    private const int None = -1;

    private Slot[] _slots = [];
    private int[] _buckets = [];
    private int _free = None;
    private int _used;
    private int _first = None;
    private int _last = None;

    public override bool HasWork => _first != None || !Lost.IsEmpty;

    public override int RoomFor(in Slice slice) => slice.Count;

    public override void Add(Slice slice)
    {
        while (slice.Count > 1)
        {
            AddOne(slice.ShareFirst(1));
            slice.SkipFirst(1);
        }

        AddOne(slice);
    }

    public override void AddLoss(in GapRange gap) => Lost.Add(gap);

    public override bool TryTake(long credit, out QueueEntry entry)
    {
        entry = default;
        if (Lost.TryTake(out var gap))
        {
            entry = QueueEntry.Of(in gap);
            return true;
        }

        if (_first == None)
        {
            return false;
        }

        entry.Slice = Remove(_first);
        return true;
    }

    private void AddOne(Slice slice)
    {
        slice = Compact(slice);
        if (slice.Count == 0)
        {
            return;
        }

        var hash = HashOf(in slice);
        if (Find(in slice, hash) is var old and not None)
        {
            Lose(old, GapReason.Conflated);
        }

        while (_first != None && (Items + 1 > MaxItems || Bytes + slice.Length > MaxBytes))
        {
            Lose(_first, GapReason.Overflow);
        }

        Insert(slice, hash);
    }

    // A copy of its own where that is short; nothing where there is no memory for it.
    private Slice Compact(Slice slice)
    {
        if (!slice.IsContiguous || slice.Length > PubSubLimits.CopyBytes)
        {
            return slice;
        }

        try
        {
            var bytes = LeasedBytes.Copy(blocks, slice.Span);
            slice.Dispose();
            slice.Bytes = bytes;
            slice.Offset = 0;
            slice.Chunk = null;
            slice.ChunkBytes = slice.Length;
        }
        catch (ByteBudgetExceededException)
        {
            Lost.Add(GapRange.Of(in slice, GapReason.OutOfMemoryBudget));
            slice.Dispose();
            slice.Count = 0;
        }

        return slice;
    }

    private void Lose(int index, GapReason reason)
    {
        var slice = Remove(index);
        Lost.Add(GapRange.Of(in slice, reason));
        slice.Dispose();
    }

    private void Insert(Slice slice, int hash)
    {
        if (_free == None && _used == _slots.Length)
        {
            Grow();
        }

        var index = _free;
        if (index == None)
        {
            index = _used++;
        }
        else
        {
            _free = _slots[index].Next;
        }

        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _slots[index] = new Slot { Slice = slice, Hash = hash, Chain = bucket, Previous = _last, Next = None };
        bucket = index;
        if (_last == None)
        {
            _first = index;
        }
        else
        {
            _slots[_last].Next = index;
        }

        _last = index;
        Items++;
        Bytes += slice.Length;
        Pinned += slice.ChunkBytes;
    }

    private Slice Remove(int index)
    {
        ref var slot = ref _slots[index];
        var slice = slot.Slice;
        ref var link = ref _buckets[slot.Hash & (_buckets.Length - 1)];
        while (link != index)
        {
            link = ref _slots[link].Chain;
        }

        link = slot.Chain;
        if (slot.Previous == None)
        {
            _first = slot.Next;
        }
        else
        {
            _slots[slot.Previous].Next = slot.Next;
        }

        if (slot.Next == None)
        {
            _last = slot.Previous;
        }
        else
        {
            _slots[slot.Next].Previous = slot.Previous;
        }

        slot = new Slot { Next = _free };
        _free = index;
        Items--;
        Bytes -= slice.Length;
        Pinned -= slice.ChunkBytes;
        return slice;
    }

    private int Find(in Slice slice, int hash)
    {
        if (_buckets.Length == 0)
        {
            return None;
        }

        for (var i = _buckets[hash & (_buckets.Length - 1)]; i != None; i = _slots[i].Chain)
        {
            ref var slot = ref _slots[i];
            if (slot.Hash == hash && slot.Slice.Topic == slice.Topic
                && KeyOf(in slot.Slice).SequenceEqual(KeyOf(in slice)))
            {
                return i;
            }
        }

        return None;
    }

    private void Grow()
    {
        var size = Math.Max(8, _slots.Length * 2);
        Array.Resize(ref _slots, size);
        _buckets = new int[size];
        Array.Fill(_buckets, None);
        for (var i = _first; i != None; i = _slots[i].Next)
        {
            ref var bucket = ref _buckets[_slots[i].Hash & (size - 1)];
            _slots[i].Chain = bucket;
            bucket = i;
        }
    }

    private static int HashOf(in Slice slice) =>
        HashCode.Combine(slice.Topic, BytesComparer.HashOf(KeyOf(in slice)));

    // A record in several pieces has its key in the first.
    private static ReadOnlySpan<byte> KeyOf(in Slice slice) => slice.IsContiguous
        ? Record.Read(slice.Span).Key
        : Record.Read(slice.Bytes.Sequence.FirstSpan[slice.Offset..]).Key;

    private struct Slot
    {
        public Slice Slice;
        public int Hash;
        public int Chain;
        public int Previous;
        public int Next;
    }
}
