using System.Numerics;

namespace NetCore.Core.Internal;

/// <summary>Slots of a timer wheel: four levels of 256 lists, a bitmap of the filled ones. Not thread-safe.</summary>
internal sealed class WheelSlots
{
    private const int Levels = 4;
    private const int SlotBits = 8;
    private const int SlotsPerLevel = 1 << SlotBits;
    private const int SlotMask = SlotsPerLevel - 1;
    private const int WordsPerLevel = SlotsPerLevel / 64;

    private readonly WheelTimer?[] _heads = new WheelTimer?[Levels * SlotsPerLevel];
    private readonly ulong[] _filled = new ulong[Levels * WordsPerLevel];

    // Every tick before this one has been fired. Slots are chosen by their distance from it, so at level 0 the tick
    // itself still has its slot; counted from the tick before, a timer at the end of a cascading slot would land in
    // that same slot again.
    private long _next;

    public int Count { get; private set; }

    public void Insert(WheelTimer timer)
    {
        // A due tick in the past goes into the next slot that will be looked at.
        var slot = SlotOf(Math.Max(timer.DueTick, _next));
        timer.Slot = slot;
        timer.Previous = null;
        timer.Next = _heads[slot];
        if (timer.Next is not null)
        {
            timer.Next.Previous = timer;
        }

        _heads[slot] = timer;
        _filled[slot >> 6] |= 1UL << (slot & 63);
        Count++;
    }

    public bool Remove(WheelTimer timer)
    {
        if (timer.Slot < 0)
        {
            return false;
        }

        if (timer.Previous is null)
        {
            _heads[timer.Slot] = timer.Next;
            if (timer.Next is null)
            {
                _filled[timer.Slot >> 6] &= ~(1UL << (timer.Slot & 63));
            }
        }
        else
        {
            timer.Previous.Next = timer.Next;
        }

        if (timer.Next is not null)
        {
            timer.Next.Previous = timer.Previous;
        }

        timer.Next = timer.Previous = null;
        timer.Slot = -1;
        Count--;
        return true;
    }

    /// <summary>Moves up to <paramref name="now"/> and takes one due timer out, or returns null.</summary>
    public WheelTimer? TakeDue(long now)
    {
        while (_next <= now)
        {
            var next = NextTick();
            if (next > now)
            {
                // Nothing falls due up to now: skip the empty ticks at once. The slots stay valid, because no filled
                // slot of any level begins before the tick that is skipped to.
                _next = now + 1;
                return null;
            }

            _next = next;
            Cascade();
            if (_heads[(int)(next & SlotMask)] is { } timer)
            {
                Remove(timer);
                return timer;
            }
        }

        return null;
    }

    /// <summary>
    /// The first tick at which a slot must be looked at; <see cref="long.MaxValue"/> when all are empty.
    /// </summary>
    public long NextTick()
    {
        var best = long.MaxValue;
        if (Count == 0)
        {
            return best;
        }

        for (var level = 0; level < Levels; level++)
        {
            // The first slot of this level that begins at or after the next tick.
            var shift = level * SlotBits;
            var first = (_next + (1L << shift) - 1) >> shift;
            var distance = FirstFilled(level, (int)(first & SlotMask));
            if (distance >= 0)
            {
                best = Math.Min(best, (first + distance) << shift);
            }
        }

        return best;
    }

    /// <summary>The earliest due tick of all timers; <see cref="long.MaxValue"/> when there is none.</summary>
    public long EarliestDue()
    {
        var best = long.MaxValue;
        for (var level = 0; level < Levels && Count > 0; level++)
        {
            // The slots of a level stand in the order of time, so its earliest timer is in its first filled one.
            var from = (int)((_next >> (level * SlotBits)) & SlotMask);
            var distance = FirstFilled(level, from);
            var timer = distance < 0 ? null : _heads[(level * SlotsPerLevel) + ((from + distance) & SlotMask)];
            for (; timer is not null; timer = timer.Next)
            {
                best = Math.Min(best, timer.DueTick);
            }
        }

        return best;
    }

    // The higher levels' slots that begin at the next tick are spread over the levels below.
    private void Cascade()
    {
        for (var level = Levels - 1; level > 0; level--)
        {
            var shift = level * SlotBits;
            if ((_next & ((1L << shift) - 1)) != 0)
            {
                continue;
            }

            var slot = (level * SlotsPerLevel) + (int)((_next >> shift) & SlotMask);
            while (_heads[slot] is { } timer)
            {
                Remove(timer);
                Insert(timer);
            }
        }
    }

    private int SlotOf(long due)
    {
        for (var level = 0; level < Levels; level++)
        {
            var shift = level * SlotBits;
            var distance = (due >> shift) - (_next >> shift);
            if (distance < SlotsPerLevel)
            {
                return (level * SlotsPerLevel) + (int)((due >> shift) & SlotMask);
            }
        }

        // Beyond the span, because the wheel lags behind the clock that the due tick was taken from: into the farthest
        // slot, and from there on when it comes up.
        const int top = Levels - 1;
        var farthest = ((_next >> (top * SlotBits)) + SlotMask) & SlotMask;
        return (top * SlotsPerLevel) + (int)farthest;
    }

    // Distance from slot 'from' to the first filled slot of the level, going round; -1 when the level is empty.
    private int FirstFilled(int level, int from)
    {
        var words = _filled.AsSpan(level * WordsPerLevel, WordsPerLevel);
        for (var i = 0; i <= WordsPerLevel; i++)
        {
            var index = ((from >> 6) + i) & (WordsPerLevel - 1);
            var word = words[index];
            if (i == 0)
            {
                word &= ulong.MaxValue << (from & 63);
            }
            else if (i == WordsPerLevel)
            {
                word &= ~(ulong.MaxValue << (from & 63));
            }

            if (word != 0)
            {
                var slot = (index << 6) + BitOperations.TrailingZeroCount(word);
                return (slot - from) & SlotMask;
            }
        }

        return -1;
    }
}
